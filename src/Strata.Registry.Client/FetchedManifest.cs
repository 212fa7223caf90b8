using Strata.Oci;

namespace Strata.Registry.Client;

/// <summary>A manifest or index as the registry sent it, byte for byte, with the descriptor that those bytes have.</summary>
public sealed record FetchedManifest(Descriptor Descriptor, byte[] Bytes);
