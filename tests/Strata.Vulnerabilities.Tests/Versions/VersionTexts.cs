using CsCheck;

namespace Strata.Vulnerabilities.Tests.Versions;

/// <summary>Generated Debian versions, out of few pieces so that near and equal ones are common.</summary>
internal static class VersionTexts
{
    private static readonly Gen<string> Piece = Const(
        "0", "1", "2", "9", "10", "00", "01", "012", "123456789012345678901234567890", "a", "b", "z", "A", "rc", "alpha", ".", "+", "~", "~~",
        ".0", "+b1", "+deb12u1", "~bpo12+1", "+dfsg", "~rc1");

    private static readonly Gen<string> Upstream =
        Gen.Select(Const("0", "1", "2", "10", "01"), Piece.Array[0, 5], (first, more) => first + string.Concat(more));

    private static readonly Gen<string> Revision = Gen.OneOf(Const("", "-0", "-1", "-1.1", "-0ubuntu1"), Piece.Array[1, 3].Select(p => "-" + string.Concat(p)));

    private static readonly Gen<string> Epoch = Const("", "", "", "0:", "1:", "2:", "00:");

    public static Gen<string> Valid { get; } = Gen.Select(Epoch, Upstream, Revision, (e, u, r) => e + u + r);

    /// <summary>Anything out of the characters that matter, much of it invalid.</summary>
    public static Gen<string> Wild { get; } =
        Gen.OneOf(Valid, Const("0", "1", "9", "a", "Z", ".", "-", "+", "~", ":", "_", " ", "v", "*", "/", "=").Array[0, 7].Select(string.Concat));

    private static Gen<string> Const(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
