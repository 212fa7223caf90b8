using System.Globalization;
using System.Runtime.InteropServices;

namespace Strata.Layers;

/// <summary>
/// A time of a file as Linux keeps it: seconds since 1970, and 0 to 999,999,999 nanoseconds on top. It holds what
/// <see cref="DateTimeOffset"/> cannot: nanoseconds, and years that archives lie about.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct UnixTime(long Seconds, int Nanoseconds)
{
    private static readonly long Least = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long Most = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static UnixTime From(DateTimeOffset time)
    {
        var seconds = time.ToUnixTimeSeconds();
        return new UnixTime(seconds, (int)((time - DateTimeOffset.FromUnixTimeSeconds(seconds)).Ticks * 100));
    }

    /// <summary>The time to 100 ns; one outside what .NET can hold becomes the nearest that it can.</summary>
    public DateTimeOffset ToDateTimeOffset()
    {
        if (Seconds < Least) return DateTimeOffset.MinValue;
        if (Seconds >= Most) return DateTimeOffset.MaxValue;
        return DateTimeOffset.FromUnixTimeSeconds(Seconds).AddTicks(Nanoseconds / 100);
    }

    /// <summary>
    /// Reads PAX's decimal seconds, such as <c>-1.5</c>; digits behind the ninth are cut off. POSIX.1-2001 pax, "Extended Header".
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out UnixTime time)
    {
        time = default;
        var dot = text.IndexOf((byte)'.');
        var whole = dot < 0 ? text : text[..dot];
        if (!long.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)) return false;
        var nanoseconds = 0;
        if (dot >= 0)
        {
            var fraction = text[(dot + 1)..];
            if (fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
            for (var i = 0; i < 9; i++) nanoseconds = nanoseconds * 10 + (i < fraction.Length ? fraction[i] - '0' : 0);
        }
        // -1.5 is half a second before -1: Linux counts the fraction upwards.
        if (whole[0] == (byte)'-' && nanoseconds > 0)
        {
            if (seconds == long.MinValue) return false;
            (seconds, nanoseconds) = (seconds - 1, 1_000_000_000 - nanoseconds);
        }
        time = new UnixTime(seconds, nanoseconds);
        return true;
    }
}
