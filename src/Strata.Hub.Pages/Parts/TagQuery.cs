using Microsoft.AspNetCore.Http;
using Strata.Ui.Format;
using Strata.Ui.Parts;

namespace Strata.Hub.Pages.Parts;

/// <summary>Which tags of a repository to show, and in which order.</summary>
public sealed record TagQuery(string? Text, SortOrder Order, int? Page)
{
    public const int PageSize = 100;

    public static SortOrder DefaultOrder { get; } = new("name", Descending: false);

    public static IReadOnlyCollection<string> Columns { get; } = ["name", "size", "pushed"];

    public static TagQuery Of(IQueryCollection query) => new(
        query["q"].ToString() is { Length: > 0 } text ? text : null,
        SortOrder.Parse(query["sort"], DefaultOrder, Columns),
        PageNumber.Of(query));

    public PageOf<HubTag> Of(HubRepository repository)
    {
        var rows = repository.Tags.Values.Where(t => string.IsNullOrWhiteSpace(Text) || t.Name.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase));
        return PageOf<HubTag>.Of([.. Sort(rows)], Page, PageSize);
    }

    public PageUrl Address(string path) => new PageUrl(path).With("q", Text).With("sort", Order == DefaultOrder ? null : Order.ToString());

    private IEnumerable<HubTag> Sort(IEnumerable<HubTag> rows) => Order.Key switch
    {
        "size" => Order.Apply(rows, t => t.Size),
        "pushed" => Order.Apply(rows, t => t.Pushed),
        _ => Order.Apply(rows, t => t.Name, TagOrder.Instance),
    };
}
