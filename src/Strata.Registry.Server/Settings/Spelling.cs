namespace Strata.Registry.Server;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Spelling
{
    /// <summary>The nearest of the words, if it is near: at most a third of the letters, and never more than three, are wrong.</summary>
    public static string? Nearest(string word, IReadOnlyList<string> words)
    {
        var most = Math.Clamp(word.Length / 3, 1, 3);
        return words.Select(w => (Word: w, Distance: Distance(word.ToLowerInvariant(), w.ToLowerInvariant())))
            .Where(w => w.Distance <= most).OrderBy(w => w.Distance).Select(w => w.Word).FirstOrDefault();
    }

    /// <summary>Letters to add, remove or replace. Wagner and Fischer's way, a row at a time.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
