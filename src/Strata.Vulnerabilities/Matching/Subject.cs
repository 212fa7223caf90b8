using Strata.Packages;

namespace Strata.Vulnerabilities.Matching;

/// <summary>What is looked up: a name of one ecosystem at a version, with the installed packages that it stands for.</summary>
/// <param name="Ecosystem">As the database has it: <c>Debian:12</c>.</param>
/// <param name="Name">As the packages write it: the source package's for most distributions.</param>
/// <param name="Version">The version of what the name is of.</param>
/// <param name="Packages">At least one.</param>
internal sealed record Subject(string Ecosystem, string Name, string Version, IReadOnlyList<Package> Packages);
