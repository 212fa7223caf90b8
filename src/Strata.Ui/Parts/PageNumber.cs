using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Strata.Ui.Parts;

/// <summary>The page of a list that an address asks for.</summary>
public static class PageNumber
{
    /// <summary>Null where it asks for none, or for what is no number. There may be no such page.</summary>
    public static int? Of(IQueryCollection query) =>
        int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : null;
}
