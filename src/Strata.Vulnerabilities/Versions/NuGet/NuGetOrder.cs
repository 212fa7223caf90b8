using System.Diagnostics.CodeAnalysis;
using NuGet.Versioning;

namespace Strata.Vulnerabilities.Versions.NuGet;

/// <summary>The order of NuGet, by its own library: four numbers, words without regard to case, and the build left aside.</summary>
internal sealed class NuGetOrder : ParsedOrder<NuGetVersion>
{
    protected override string? Parse(string text, [MaybeNull] out NuGetVersion version) =>
        NuGetVersion.TryParse(text, out version) ? null : "it is no version of NuGet";

    protected override int Order(NuGetVersion left, NuGetVersion right) => VersionComparer.VersionRelease.Compare(left, right);
}
