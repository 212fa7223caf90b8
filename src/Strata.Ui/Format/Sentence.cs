namespace Strata.Ui.Format;

/// <summary>Words of an error as a page has them: beginning with a capital, where a terminal would not.</summary>
public static class Sentence
{
    // A command stays as it has to be typed.
    public static string Of(string? text) => string.IsNullOrEmpty(text) || !char.IsAsciiLetterLower(text[0]) || text.StartsWith("strata ", StringComparison.Ordinal)
        ? text ?? ""
        : char.ToUpperInvariant(text[0]) + text[1..];
}
