using System.Globalization;

namespace Strata.Cli.Rendering;

/// <summary>Bytes as docker writes them: decimal units, three digits.</summary>
internal static class Sizes
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB", "PB"];

    public static string Text(long bytes)
    {
        double value = bytes;
        var unit = 0;
        while (value >= 1000 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }
        var digits = value >= 100 || unit == 0 ? "0" : value >= 10 ? "0.#" : "0.##";
        return value.ToString(digits, CultureInfo.InvariantCulture) + Units[unit];
    }

    public static string Text(long? bytes) => bytes is { } known ? Text(known) : "?";
}
