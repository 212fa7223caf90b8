namespace Strata.Build.Dockerfiles;

/// <summary>"Did you mean": the nearest of the words that there are, when it is near enough to be a slip.</summary>
internal static class Suggestion
{
    private const int Near = 3;

    /// <summary><c> (did you mean COPY?)</c>, or nothing.</summary>
    public static string For(string word, IEnumerable<string> known, string before = "") =>
        Nearest(word, known) is { } near ? $" (did you mean {before}{near}?)" : "";

    public static string? Nearest(string word, IEnumerable<string> known)
    {
        var (best, nearest) = (Near, (string?)null);
        foreach (var candidate in known)
        {
            var distance = Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance == 0 && candidate == word) return null;
            if (distance < best) (best, nearest) = (distance, candidate);
        }
        return nearest;
    }

    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) >= Near) return Near;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
                corner = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
