using Strata.Packages.Facts;

namespace Strata.Packages.Merging;

/// <summary>A package at some height of the layers, and which of them (by number) brought and last touched it.</summary>
internal sealed record InstalledPackage(PackageFact Fact, string Location, int IntroducedBy, int LastTouchedBy);
