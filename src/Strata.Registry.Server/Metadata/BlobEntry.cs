namespace Strata.Registry.Server;

/// <summary>A blob as a repository has it.</summary>
/// <param name="Key">Where its bytes are.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Refs">How many manifests of the repository name it.</param>
/// <param name="Since">When its lease began, which counts while nothing names it; milliseconds since 1970.</param>
internal readonly record struct BlobEntry(BlobKey Key, long Size, long Refs, long Since);

/// <summary>The bytes of a blob as the tables know them.</summary>
internal readonly record struct StoredEntry(BlobKey Key, long Size, bool IsDamaged);
