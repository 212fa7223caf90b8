using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;

namespace Strata.Hub;

/// <summary>Which page of a search, and how long: 1 to 100 entries, 25 unless told.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PageQuery(int Page, int Size)
{
    public const int Most = 100;
    private const int Usual = 25;

    /// <summary>A size over the most is cut to it; what is no number, or below 1, is refused.</summary>
    public static bool TryRead(IQueryCollection query, string sizeName, out PageQuery page)
    {
        var valid = TryNumber(query["page"].ToString(), 1, out var number) & TryNumber(query[sizeName].ToString(), Usual, out var size);
        page = new PageQuery(number, Math.Min(size, Most));
        return valid;
    }

    private static bool TryNumber(string text, int usual, out int value)
    {
        value = usual;
        return text.Length == 0 || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 1);
    }
}
