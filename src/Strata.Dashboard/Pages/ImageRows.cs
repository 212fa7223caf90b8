using Strata.Images;
using Strata.Ui.Format;
using Strata.Ui.Parts;

namespace Strata.Dashboard.Pages;

/// <summary>Which images the list shows, and in which order.</summary>
internal static class ImageRows
{
    public const int PageSize = 200;

    public static SortOrder DefaultOrder { get; } = new("created", Descending: true);

    public static IReadOnlyCollection<string> Columns { get; } = ["name", "tag", "created", "layers", "compressed", "size"];

    public static PageOf<ImageSummary> Of(IReadOnlyList<ImageSummary> all, string? text, SortOrder order, int? page)
    {
        var rows = all.Where(i => Matches(i, text?.Trim()));
        return PageOf<ImageSummary>.Of([.. Sort(rows, order)], page, PageSize);
    }

    public static string RemoveHref(ImageSummary image) =>
        new PageUrl($"/images/{image.Id}/remove").With("name", image.Name?.ToString()).ToString();

    private static bool Matches(ImageSummary image, string? text) => string.IsNullOrEmpty(text)
        || (image.Name?.Familiar.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false)
        || image.Id.Hex.StartsWith(text, StringComparison.OrdinalIgnoreCase)
        || image.Id.ToString().StartsWith(text, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<ImageSummary> Sort(IEnumerable<ImageSummary> rows, SortOrder order) => order.Key switch
    {
        "name" => order.Apply(rows, i => i.Name?.FamiliarName, StringComparer.Ordinal),
        "tag" => order.Apply(rows, i => i.Name?.Tag, StringComparer.Ordinal),
        "layers" => order.Apply(rows, i => i.LayerCount),
        "compressed" => order.Apply(rows, i => i.CompressedSize),
        "size" => order.Apply(rows, i => i.UnpackedSize),
        _ => order.Apply(rows, i => i.Created),
    };
}
