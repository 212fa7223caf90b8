using Strata.Oci;

namespace Strata.Images;

/// <summary>An image that came out of an archive.</summary>
/// <param name="Id">The config's digest: docker's image ID.</param>
/// <param name="Digest">The manifest's digest.</param>
/// <param name="Names">The names that it had there, and has here now; empty when it had none.</param>
public sealed record LoadedImage(Digest Id, Digest Digest, IReadOnlyList<Reference> Names);
