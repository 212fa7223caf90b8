using Microsoft.AspNetCore.Http;
using Strata.Packages;
using Strata.Ui.Format;
using Strata.Ui.Parts;

namespace Strata.Ui.Images;

/// <summary>Which packages to show, and in which order.</summary>
public sealed record PackageQuery(string? Text, LayerSelection Layers, SortOrder Order, int? Page)
{
    public const int PageSize = 200;

    /// <summary>Stands in the address for packages that say nothing of a licence.</summary>
    public const string NoLicense = "none";

    public static SortOrder DefaultOrder { get; } = new("name", Descending: false);

    public static IReadOnlyCollection<string> Columns { get; } = ["name", "version", "type", "arch", "source", "license", "layer"];

    /// <summary>Null for all.</summary>
    public string? Type { get; init; }

    /// <summary>One licence as the package says it, or <see cref="NoLicense"/>; null for all.</summary>
    public string? License { get; init; }

    /// <summary>Null for all.</summary>
    public PackageSide? Side { get; init; }

    /// <summary>Shows what later layers removed or replaced, in the place of what is there.</summary>
    public bool Hidden { get; init; }

    public bool IsFiltered => !Layers.IsAll || !string.IsNullOrWhiteSpace(Text) || Type is not null || License is not null || Side is not null;

    public PageOf<Package> Of(ImagePackages image) => PageOf<Package>.Of([.. Sort(Matching(image))], Page, PageSize);

    /// <summary>How many there would be of each type, whatever type is chosen now; the most first.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Types(ImagePackages image) => MostFirst((this with { Type = null }).Matching(image).CountBy(p => p.Type));

    /// <summary>The same of licences.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Licenses(ImagePackages image) =>
        MostFirst((this with { License = null }).Matching(image).SelectMany(LicensesOf).CountBy(l => l));

    /// <summary>The same of what came with the base, and what did not.</summary>
    public IReadOnlyDictionary<PackageSide, int> Sides(ImagePackages image) =>
        (this with { Side = null }).Matching(image).Select(p => SideOf(image, p)).OfType<PackageSide>().CountBy(s => s).ToDictionary();

    /// <summary>The address of what is asked for, page and all else that is usual left out.</summary>
    public PageUrl Address(string path) => new PageUrl(path)
        .With("q", Text).With("type", Type).With("license", License).With("from", Side is { } side ? Word(side) : null)
        .With(LayerSelection.Key, Layers.ToString())
        .With("hidden", Hidden ? "1" : null)
        .With("sort", Order == DefaultOrder ? null : Order.ToString());

    /// <summary>Reads the query of an address, which may be typed by hand.</summary>
    public static PackageQuery Of(IQueryCollection query, int layerCount) => new(
        query["q"].ToString() is { Length: > 0 } text ? text : null,
        LayerSelection.Parse(query[LayerSelection.Key].OfType<string>(), layerCount),
        SortOrder.Parse(query["sort"], DefaultOrder, Columns),
        PageNumber.Of(query))
    {
        Type = query["type"].ToString() is { Length: > 0 } type ? type : null,
        License = query["license"].ToString() is { Length: > 0 } license ? license : null,
        Side = ToSide(query["from"]),
        Hidden = query["hidden"] == "1",
    };

    public static PackageSide? ToSide(string? word) => word switch
    {
        "base" => PackageSide.Base,
        "yours" => PackageSide.Yours,
        _ => null,
    };

    public static string Word(PackageSide side) => side == PackageSide.Base ? "base" : "yours";

    /// <summary>All that there is to choose from.</summary>
    public IReadOnlyList<Package> Shown(ImagePackages image) => Hidden ? [.. image.Hidden.Select(h => h.Package)] : image.Packages;

    private IEnumerable<Package> Matching(ImagePackages image) => Shown(image).Where(p => Layers.Admits(p.IntroducedBy?.Layer)
        && (Type is null || p.Type == Type)
        && (License is null || LicensesOf(p).Contains(License, StringComparer.Ordinal))
        && (Side is null || SideOf(image, p) == Side)
        && MatchesText(p));

    private bool MatchesText(Package package) => string.IsNullOrWhiteSpace(Text)
        || package.Name.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase)
        || (package.SourceName?.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase) ?? false)
        || package.Version.StartsWith(Text.Trim(), StringComparison.OrdinalIgnoreCase);

    private IEnumerable<Package> Sort(IEnumerable<Package> rows) => Order.Key switch
    {
        "version" => Order.Apply(rows, p => p.Version, StringComparer.Ordinal),
        "type" => Order.Apply(rows, p => p.Type, StringComparer.Ordinal),
        "arch" => Order.Apply(rows, p => p.Architecture, StringComparer.Ordinal),
        "source" => Order.Apply(rows, p => p.SourceName ?? p.Name, StringComparer.Ordinal),
        "license" => Order.Apply(rows, p => p.Licenses.Count == 0 ? null : p.Licenses[0], StringComparer.Ordinal),
        "layer" => Order.Apply(rows, p => p.IntroducedBy?.Layer),
        _ => Order.Apply(rows, p => p.Name, StringComparer.Ordinal),
    };

    private static PackageSide? SideOf(ImagePackages image, Package package) => image.IsFromBase(package) switch
    {
        true => PackageSide.Base,
        false => PackageSide.Yours,
        null => null,
    };

    private static IEnumerable<string> LicensesOf(Package package) =>
        package.Licenses.Count == 0 ? [NoLicense] : package.Licenses.Distinct(StringComparer.Ordinal);

    private static List<KeyValuePair<string, int>> MostFirst(IEnumerable<KeyValuePair<string, int>> counts) =>
        [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal)];
}
