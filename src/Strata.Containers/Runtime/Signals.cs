using System.Globalization;

namespace Strata.Containers.Runtime;

/// <summary>Signals by their names and numbers, as Linux has them on the architectures of containers.</summary>
internal static class Signals
{
    public const int Kill = 9;

    private static readonly string[] Names =
    [
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN",
        "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    private const int FirstRealTime = 34;
    private const int Last = 64;

    /// <exception cref="FormatException">There is no such signal.</exception>
    public static int Parse(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= Last) return number;
        var name = text.ToUpperInvariant();
        if (name.StartsWith("SIG", StringComparison.Ordinal)) name = name[3..];
        var place = Array.IndexOf(Names, name);
        if (place >= 0) return place + 1;
        if (name.StartsWith("RTMIN", StringComparison.Ordinal)) return FirstRealTime + Offset(name["RTMIN".Length..], text);
        if (name.StartsWith("RTMAX", StringComparison.Ordinal)) return Last + Offset(name["RTMAX".Length..], text);
        throw new FormatException($"Invalid signal: {text}");
    }

    private static int Offset(string text, string all) => text.Length == 0 ? 0
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var offset) && Math.Abs(offset) <= Last - FirstRealTime ? offset
        : throw new FormatException($"Invalid signal: {all}");
}
