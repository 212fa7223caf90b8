namespace Strata.Registry.Client;

/// <summary>How far apart two names are, for "did you mean".</summary>
internal static class Likeness
{
    /// <summary>Levenshtein's distance, letters' case ignored.</summary>
    public static int Distance(string a, string b)
    {
        Span<int> row = stackalloc int[Math.Min(b.Length, 128) + 1];
        b = b.Length > 128 ? b[..128] : b;
        a = a.Length > 128 ? a[..128] : a;
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = corner + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                corner = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
