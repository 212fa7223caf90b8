using System.Runtime.InteropServices;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>
/// The name of a blob's bytes in the storage. Each upload writes under a key of its own, and the database says which key is the blob's:
/// so removing one key can never take bytes that another push has just brought.
/// </summary>
/// <param name="Digest">The digest of the bytes, verified by whoever wrote them.</param>
/// <param name="Generation">Which writing of them: lowercase hex; empty for those of the first version of the program.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BlobKey(Digest Digest, string Generation);

/// <summary>Bytes that are in the storage, whether or not the database knows of them.</summary>
/// <param name="Key">Their name.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Written">When they came.</param>
public sealed record StoredKey(BlobKey Key, long Size, DateTimeOffset Written);
