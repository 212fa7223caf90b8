using System.Collections.Frozen;

namespace Strata.Packages.Formats.Licenses;

/// <summary>
/// The identifiers of the SPDX licence list, which is in the public domain (CC0); kept in spdx-ids.txt, a line each. Documents may use
/// them as identifiers; all else is the package's own words.
/// </summary>
internal static class SpdxLicenses
{
    private static readonly FrozenSet<string> Ids = Load();

    public static bool IsId(string text) => Ids.Contains(text);

    /// <summary>Whether a text is an expression of known identifiers. SPDX 2.3, annex D.</summary>
    public static bool IsExpression(string text)
    {
        var words = text.Replace("(", " ( ", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (depth, wantsId) = (0, true);
        foreach (var word in words)
        {
            switch (word)
            {
                case "(" when wantsId: depth++; break;
                case ")" when !wantsId && depth > 0: depth--; break;
                case "AND" or "OR" when !wantsId: wantsId = true; break;
                default:
                    if (!wantsId || !IsId(word.EndsWith('+') ? word[..^1] : word)) return false;
                    wantsId = false;
                    break;
            }
        }

        return depth == 0 && !wantsId;
    }

    private static FrozenSet<string> Load()
    {
        using var stream = typeof(SpdxLicenses).Assembly.GetManifestResourceStream("spdx-ids.txt")
            ?? throw new InvalidOperationException("the licence list is not in the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
