using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>A manifest as a repository has it, without its bytes.</summary>
internal readonly record struct ManifestEntry(Digest Digest, string MediaType, long Size);
