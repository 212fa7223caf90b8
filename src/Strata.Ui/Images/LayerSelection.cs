using System.Globalization;

namespace Strata.Ui.Images;

/// <summary>
/// The layers that packages and vulnerabilities are narrowed to, as they stand in the address: <c>layers=0,2</c>, 0 for the base as on the
/// command line. None selected means all.
/// </summary>
public sealed class LayerSelection
{
    /// <summary>The key in the address.</summary>
    public const string Key = "layers";

    private readonly SortedSet<int> _positions;

    private LayerSelection(SortedSet<int> positions) => _positions = positions;

    public bool IsAll => _positions.Count == 0;

    public int Count => _positions.Count;

    /// <summary>Reads repeated and comma-separated numbers; what is no layer of the image is left out.</summary>
    public static LayerSelection Parse(IEnumerable<string>? values, int layerCount)
    {
        var positions = new SortedSet<int>();
        foreach (var part in (values ?? []).SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < layerCount)
                positions.Add(number);
        }
        return new LayerSelection(positions);
    }

    /// <param name="position">0 for the base.</param>
    public bool Has(int position) => _positions.Contains(position);

    /// <summary>True when something that came with this layer is to be shown; null is a layer that nobody knows.</summary>
    public bool Admits(int? position) => IsAll || (position is { } known && Has(known));

    /// <summary>The value for the address; null for all.</summary>
    public override string? ToString() => IsAll ? null : string.Join(',', _positions.Select(p => p.ToString(CultureInfo.InvariantCulture)));
}
