using Strata.Oci;

namespace Strata.Hub;

/// <summary>An image of a tag.</summary>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Platform">What an index says; null without one.</param>
public sealed record ScanTarget(Digest Manifest, Platform? Platform);
