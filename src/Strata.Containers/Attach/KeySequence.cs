namespace Strata.Containers;

/// <summary>Keys by docker's names: <c>ctrl-p,ctrl-q</c>, or single characters.</summary>
public static class KeySequence
{
    /// <summary>What docker takes without being told.</summary>
    public const string Default = "ctrl-p,ctrl-q";

    /// <exception cref="FormatException">Something is no key.</exception>
    public static byte[] Parse(string text) => text.Length == 0 ? [] : [.. text.Split(',').Select(k => Key(k, text))];

    private static byte Key(string key, string all)
    {
        if (key.Length == 1 && char.IsAscii(key[0])) return (byte)key[0];
        if (key.StartsWith("ctrl-", StringComparison.OrdinalIgnoreCase) && key.Length == 6)
        {
            var letter = char.ToLowerInvariant(key[5]);
            if (letter is >= 'a' and <= 'z') return (byte)(letter - 'a' + 1);
            if ("@[\\]^_".IndexOf(letter, StringComparison.Ordinal) is >= 0 and var place) return place == 0 ? (byte)0 : (byte)(26 + place);
        }
        throw new FormatException($"invalid detach keys ({all}): '{key}' is no key; write letters, or ctrl- and a letter, with commas between");
    }
}
