using System.Diagnostics.CodeAnalysis;

namespace Strata.Oci;

/// <summary>
/// The name of some bytes: an algorithm and the lowercase hex of its hash, <c>sha256:9f86d0…</c>. An instance that was parsed is valid.
/// OCI image spec, descriptor.md, "Digests". Registered algorithms: sha256 and sha512.
/// </summary>
public readonly record struct Digest : ISpanParsable<Digest>
{
    private const string HexDigits = "0123456789abcdef";
    private readonly string? _text;

    private Digest(string text) => _text = text;

    public DigestAlgorithm Algorithm => _text is null || _text.StartsWith("sha256:", StringComparison.Ordinal)
        ? DigestAlgorithm.Sha256
        : DigestAlgorithm.Sha512;

    /// <summary>The hash, 64 or 128 lowercase hex digits.</summary>
    public string Hex => _text is null ? "" : _text[(_text.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>The first twelve hex digits, as people are shown them.</summary>
    public string Short => _text is null ? "" : Hex[..12];

    /// <summary>False only for <c>default</c>, which names nothing.</summary>
    public bool IsKnown => _text is not null;

    /// <summary>The digest of <paramref name="content"/>.</summary>
    public static Digest Of(ReadOnlySpan<byte> content, DigestAlgorithm algorithm = DigestAlgorithm.Sha256)
    {
        Span<byte> hash = stackalloc byte[algorithm.HashLength()];
        algorithm.Hash(content, hash);
        return FromHash(hash, algorithm);
    }

    /// <summary>The digest whose hash is <paramref name="hash"/>: 32 bytes for sha256, 64 for sha512.</summary>
    public static Digest FromHash(ReadOnlySpan<byte> hash, DigestAlgorithm algorithm = DigestAlgorithm.Sha256)
    {
        if (hash.Length != algorithm.HashLength())
            throw new ArgumentException($"{algorithm.Prefix()} has {algorithm.HashLength()} bytes, not {hash.Length}", nameof(hash));
        return new Digest(string.Concat(algorithm.Prefix(), ":", Convert.ToHexStringLower(hash)));
    }

    /// <exception cref="FormatException">The text is no digest of a registered algorithm.</exception>
    public static Digest Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => TryParse(s, provider, out var digest)
        ? digest
        : throw new FormatException($"'{Shown.Text(s)}' is not a digest: expected sha256: and 64, or sha512: and 128 lowercase hex digits");

    public static Digest Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc cref="Parse(ReadOnlySpan{char}, IFormatProvider?)"/>
    public static Digest Parse(string s) => Parse(s.AsSpan(), provider: null);

    public static bool TryParse(ReadOnlySpan<char> s, out Digest result) => TryParse(s, provider: null, out result);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Digest result) =>
        TryParse(s.AsSpan(), provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Digest result)
    {
        // Uppercase is refused, not repaired: two spellings of one digest would be two files in the store.
        var valid = (s.Length == 7 + 64 && s.StartsWith("sha256:", StringComparison.Ordinal)
                     || s.Length == 7 + 128 && s.StartsWith("sha512:", StringComparison.Ordinal))
                    && !s[7..].ContainsAnyExcept(HexDigits);
        result = valid ? new Digest(s.ToString()) : default;
        return valid;
    }

    public override string ToString() => _text ?? "";
}
