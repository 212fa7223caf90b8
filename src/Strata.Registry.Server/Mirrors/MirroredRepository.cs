namespace Strata.Registry.Server;

/// <summary>A repository here that stands for one elsewhere.</summary>
/// <param name="Upstream">Where that is.</param>
/// <param name="Local">Its name here.</param>
/// <param name="Remote">Its name there.</param>
internal sealed record MirroredRepository(IUpstreamRegistry Upstream, string Local, string Remote);
