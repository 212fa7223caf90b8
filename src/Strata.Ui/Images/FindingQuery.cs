using Microsoft.AspNetCore.Http;
using Strata.Ui.Format;
using Strata.Ui.Parts;
using Strata.Vulnerabilities;
using Strata.Vulnerabilities.Matching;

namespace Strata.Ui.Images;

/// <summary>Which findings to show, and in which order.</summary>
public sealed record FindingQuery(string? Text, LayerSelection Layers, Severity? Severity, bool OnlyFixed, SortOrder Order, int? Page)
{
    public const int PageSize = 100;

    public static SortOrder DefaultOrder { get; } = new("severity", Descending: true);

    public static IReadOnlyCollection<string> Columns { get; } = ["severity", "id", "package", "fixed", "layer"];

    /// <summary>Reads the query of an address, which may be typed by hand.</summary>
    public static FindingQuery Of(IQueryCollection query, int layerCount) => new(
        query["q"].ToString() is { Length: > 0 } text ? text : null,
        LayerSelection.Parse(query[LayerSelection.Key].OfType<string>(), layerCount),
        Enum.TryParse<Severity>(query["severity"], ignoreCase: true, out var severity) && Enum.IsDefined(severity) ? severity : null,
        query["fixed"] == "1",
        SortOrder.Parse(query["sort"], DefaultOrder, Columns),
        PageNumber.Of(query));

    /// <summary>The address of what is asked for, page and all else that is usual left out.</summary>
    public PageUrl Address(string path) => new PageUrl(path)
        .With("q", Text).With(LayerSelection.Key, Layers.ToString())
        .With("severity", Severity is { } severity ? SeverityText.Class(severity) : null)
        .With("fixed", OnlyFixed ? "1" : null)
        .With("sort", Order == DefaultOrder ? null : Order.ToString());

    public PageOf<Finding> Of(ScanResult scan)
    {
        var rows = InLayers(scan).Where(f => (Severity is null || f.Severity == Severity) && (!OnlyFixed || f.FixedVersion is not null) && Matches(f));
        return PageOf<Finding>.Of([.. Sort(rows)], Page, PageSize);
    }

    /// <summary>Findings per severity in the selected layers, whatever else is filtered.</summary>
    public IReadOnlyDictionary<Severity, int> Counts(ScanResult scan) => InLayers(scan).CountBy(f => f.Severity).ToDictionary();

    /// <summary>Findings in the selected layers that have a version with a fix.</summary>
    public int Fixable(ScanResult scan) => InLayers(scan).Count(f => f.FixedVersion is not null);

    /// <summary>The layers that brought the packages of a finding, the base first.</summary>
    public static IReadOnlyList<int> LayersOf(Finding finding) =>
        [.. finding.Packages.Select(p => p.IntroducedBy?.Layer).OfType<int>().Distinct().Order()];

    private IEnumerable<Finding> InLayers(ScanResult scan) =>
        scan.Findings.Where(f => Layers.IsAll || f.Packages.Any(p => Layers.Admits(p.IntroducedBy?.Layer)));

    private bool Matches(Finding finding)
    {
        if (string.IsNullOrWhiteSpace(Text)) return true;
        var text = Text.Trim();
        return finding.Id.Contains(text, StringComparison.OrdinalIgnoreCase)
            || finding.SourceName.Contains(text, StringComparison.OrdinalIgnoreCase)
            || finding.Aliases.Any(a => a.Contains(text, StringComparison.OrdinalIgnoreCase))
            || finding.Packages.Any(p => p.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
            || (finding.Summary?.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false);
    }

    // The sort is stable, so equal rows keep the scanner's order: worst first, then by id.
    private IEnumerable<Finding> Sort(IEnumerable<Finding> rows) => Order.Key switch
    {
        "id" => Order.Apply(rows, f => f.Id, StringComparer.Ordinal),
        "package" => Order.Apply(rows, f => f.SourceName, StringComparer.Ordinal),
        "fixed" => Order.Apply(rows, f => f.FixedVersion, StringComparer.Ordinal),
        "layer" => Order.Apply(rows, f => LayersOf(f).Cast<int?>().FirstOrDefault()),
        _ => Order.Apply(rows, f => f.Severity),
    };
}
