using System.Text;

namespace Strata.Build.Dockerfiles;

/// <summary>Fields between commas; one in double quotes may hold commas, and a quote as two (RFC 4180).</summary>
internal static class CommaFields
{
    /// <returns>Null when quotes do not match.</returns>
    public static IReadOnlyList<string>? Cut(string text)
    {
        var fields = new List<string>();
        for (var at = 0; ;)
        {
            if (at < text.Length && text[at] == '"')
            {
                if (Quoted(text, ref at) is not { } field) return null;
                fields.Add(field);
                if (at < text.Length && text[at] != ',') return null;
            }
            else
            {
                var end = text.IndexOf(',', at);
                end = end < 0 ? text.Length : end;
                if (text.AsSpan(at, end - at).Contains('"')) return null;
                fields.Add(text[at..end]);
                at = end;
            }
            if (at >= text.Length) return fields;
            at++;
        }
    }

    private static string? Quoted(string text, ref int at)
    {
        var field = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"') field.Append(text[at]);
            else if (at + 1 < text.Length && text[at + 1] == '"') field.Append(text[++at]);
            else
            {
                at++;
                return field.ToString();
            }
        }
        return null;
    }
}
