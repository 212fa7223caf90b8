using System.Diagnostics.CodeAnalysis;

namespace Strata.Vulnerabilities.Versions.Debian;

/// <summary>The number before the first colon, as dpkg reads it: by strtol, so with an optional sign and leading white space.</summary>
internal static class DebianEpoch
{
    public static bool TryTake(ref ReadOnlySpan<char> text, out int epoch, [NotNullWhen(false)] out string? why)
    {
        (epoch, why) = (0, null);
        var colon = text.IndexOf(':');
        if (colon < 0) return true;
        var number = text[..colon].TrimStart("\n\v\f\r");
        var negative = number.StartsWith("-");
        if (negative || number.StartsWith("+")) number = number[1..];
        if (number.IsEmpty || !char.IsAsciiDigit(number[0])) why = "epoch in version is empty";
        else if (number.ContainsAnyExceptInRange('0', '9')) why = "epoch in version is not number";
        else why = Value(number, negative, out epoch);
        text = text[(colon + 1)..];
        if (why is null && text.IsEmpty) why = "nothing after colon in version number";
        return why is null;
    }

    private static string? Value(ReadOnlySpan<char> digits, bool negative, out int epoch)
    {
        digits = digits.TrimStart('0');
        epoch = 0;
        if (digits.IsEmpty) return null;
        if (negative) return "epoch in version is negative";
        return int.TryParse(digits, out epoch) ? null : "epoch in version is too big";
    }
}
