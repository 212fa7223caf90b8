namespace Strata.Oci;

/// <summary>What artifacts have in the place of a config: <c>{}</c>. OCI image spec, manifest.md, "Guidance for an Empty Descriptor".</summary>
public static class EmptyDocument
{
    public static ReadOnlyMemory<byte> Bytes { get; } = "{}"u8.ToArray();

    public static Descriptor Descriptor { get; } = new() { MediaType = MediaTypes.OciEmpty, Digest = Digest.Of(Bytes.Span), Size = Bytes.Length };
}
