using System.Text;

namespace Strata.Build.Dockerfiles;

/// <summary>Cuts arguments into words.</summary>
internal static class Words
{
    /// <summary>At blanks, whatever quotes say.</summary>
    public static IReadOnlyList<string> AtBlanks(string text) =>
        text.Length == 0 ? [] : text.Split([' ', '\t', '\v', '\f', '\r'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>At blanks that no quote covers; quotes and escapes stay in the words.</summary>
    public static IReadOnlyList<string> Cut(string text, char escape)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, isWord) = ('\0', false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (isWord) words.Add(word.ToString());
                word.Clear();
                isWord = false;
                continue;
            }
            if (c == escape && quote != '\'')
            {
                // At the very end it escapes nothing, and is dropped.
                if (i + 1 == text.Length) break;
                word.Append(c);
                c = text[++i];
            }
            else if (quote == '\0' && c is '\'' or '"')
            {
                quote = c;
            }
            else if (c == quote)
            {
                quote = '\0';
            }
            word.Append(c);
            isWord = true;
        }
        if (isWord) words.Add(word.ToString());
        return words;
    }
}
