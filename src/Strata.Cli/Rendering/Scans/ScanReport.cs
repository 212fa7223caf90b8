using Strata.Packages;
using Strata.Vulnerabilities.Matching;

namespace Strata.Cli.Rendering.Scans;

/// <summary>What a scan prints.</summary>
/// <param name="Subject">As it was named.</param>
/// <param name="Packages">What was compared.</param>
/// <param name="Result">The answer.</param>
/// <param name="Shown">The findings that were asked for.</param>
internal sealed record ScanReport(string Subject, ImagePackages Packages, ScanResult Result, IReadOnlyList<Finding> Shown);
