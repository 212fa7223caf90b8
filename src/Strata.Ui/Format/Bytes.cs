using System.Globalization;

namespace Strata.Ui.Format;

/// <summary>Sizes as people read them: decimal units as docker has them, three significant digits, <c>71.4 MB</c>.</summary>
public static class Bytes
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

    public static string Text(long bytes)
    {
        if (bytes < 0) return "−" + Text(-bytes);
        if (bytes < 1000) return $"{bytes.ToString(CultureInfo.InvariantCulture)} B";
        var value = (double)bytes;
        var unit = 0;
        // 999.5 would be shown as 1000 of the lower unit.
        while (value >= 999.5 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }
        var format = value < 9.995 ? "0.00" : value < 99.95 ? "0.0" : "0";
        return $"{value.ToString(format, CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    /// <summary>An unknown size is a dash, never 0.</summary>
    public static string Text(long? bytes) => bytes is { } known ? Text(known) : "–";

    public static string Rate(double bytesPerSecond) => Text((long)Math.Max(0, bytesPerSecond)) + "/s";
}
