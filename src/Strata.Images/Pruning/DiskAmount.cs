using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Strata.Images;

/// <summary>An amount of disk space as people write it: bytes, or a share of the disk.</summary>
public readonly record struct DiskAmount
{
    private static readonly string[] Units = ["", "k", "M", "G", "T", "P"];
    private readonly decimal _value;
    private readonly bool _isShare;

    private DiskAmount(decimal value, bool isShare) => (_value, _isShare) = (value, isShare);

    public static DiskAmount OfBytes(long bytes) => new(bytes, isShare: false);

    /// <summary>Reads <c>10GB</c> (of 1000), <c>512MiB</c> (of 1024), <c>1.5T</c>, <c>20%</c>, or plain bytes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DiskAmount amount)
    {
        amount = default;
        var trimmed = (text ?? "").Trim();
        var digits = trimmed.AsSpan().IndexOfAnyExcept("0123456789.");
        if (digits < 0) digits = trimmed.Length;
        if (!decimal.TryParse(trimmed.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return false;
        var unit = trimmed[digits..].Trim();
        if (unit == "%")
        {
            amount = new DiskAmount(value, isShare: true);
            return value <= 100;
        }
        if (Factor(unit) is not { } factor || value > long.MaxValue / factor) return false;
        amount = new DiskAmount(decimal.Truncate(value * factor), isShare: false);
        return true;
    }

    /// <param name="disk">The size of the whole disk.</param>
    public long Bytes(long disk) => (long)(_isShare ? disk * _value / 100 : _value);

    private static decimal? Factor(string unit)
    {
        var text = unit.EndsWith("B", StringComparison.OrdinalIgnoreCase) ? unit[..^1] : unit;
        var isBinary = text.EndsWith("i", StringComparison.OrdinalIgnoreCase);
        var power = Array.FindIndex(Units, u => u.Equals(isBinary ? text[..^1] : text, StringComparison.OrdinalIgnoreCase));
        if (power < 0 || (isBinary && power == 0)) return null;
        decimal factor = 1;
        for (; power > 0; power--) factor *= isBinary ? 1024 : 1000;
        return factor;
    }
}
