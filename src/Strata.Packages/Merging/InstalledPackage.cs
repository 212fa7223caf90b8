using Strata.Packages.Facts;

namespace Strata.Packages.Merging;

/// <summary>A package at some height of the layers, and which of them (by number) brought and last touched it; and the OS package that owns the document, if one does.</summary>
internal sealed record InstalledPackage(PackageFact Fact, string Location, string? OwnedBy, int IntroducedBy, int LastTouchedBy)
{
    /// <summary>Other documents that tell of the same version; null for none. It grows while the documents of a layer are gone through.</summary>
    public List<string>? AlsoAt { get; init; }
}
