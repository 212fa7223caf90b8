using Strata.Packages;
using Strata.Ui.Format;
using Strata.Ui.Parts;

namespace Strata.Ui.Images;

/// <summary>Which packages to show, and in which order.</summary>
public sealed record PackageQuery(string? Text, LayerSelection Layers, SortOrder Order, int? Page)
{
    public const int PageSize = 200;

    public static SortOrder DefaultOrder { get; } = new("name", Descending: false);

    public static IReadOnlyCollection<string> Columns { get; } = ["name", "version", "arch", "source", "layer"];

    public PageOf<Package> Of(ImagePackages image)
    {
        var rows = image.Packages.Where(p => Layers.Admits(p.IntroducedBy?.Layer) && Matches(p));
        return PageOf<Package>.Of([.. Sort(rows)], Page, PageSize);
    }

    private bool Matches(Package package) => string.IsNullOrWhiteSpace(Text)
        || package.Name.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase)
        || (package.SourceName?.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase) ?? false)
        || package.Version.StartsWith(Text.Trim(), StringComparison.OrdinalIgnoreCase);

    private IEnumerable<Package> Sort(IEnumerable<Package> rows) => Order.Key switch
    {
        "version" => Order.Apply(rows, p => p.Version, StringComparer.Ordinal),
        "arch" => Order.Apply(rows, p => p.Architecture, StringComparer.Ordinal),
        "source" => Order.Apply(rows, p => p.SourceName ?? p.Name, StringComparer.Ordinal),
        "layer" => Order.Apply(rows, p => p.IntroducedBy?.Layer),
        _ => Order.Apply(rows, p => p.Name, StringComparer.Ordinal),
    };
}
