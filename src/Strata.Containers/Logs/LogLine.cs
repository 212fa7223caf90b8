using System.Globalization;
using System.Text;

namespace Strata.Containers;

/// <summary>A line, or a part of one, that a container wrote.</summary>
/// <param name="Content">With its end, where it has one.</param>
public sealed record LogLine(DateTimeOffset Time, string TimeText, bool IsError, ReadOnlyMemory<byte> Content)
{
    /// <summary>
    /// Reads what the monitor writes: <c>2026-01-02T03:04:05.678901234+00:00 stdout F text</c>; P for a part. Null for a line that was cut.
    /// </summary>
    internal static LogLine? TryParse(ReadOnlyMemory<byte> line)
    {
        var span = line.Span;
        var first = span.IndexOf((byte)' ');
        if (first < 0 || !DateTimeOffset.TryParse(Encoding.ASCII.GetString(span[..first]), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return null;
        var rest = span[(first + 1)..];
        var isError = rest.StartsWith("stderr "u8);
        if ((!isError && !rest.StartsWith("stdout "u8)) || rest.Length < 9 || rest[8] != (byte)' ') return null;
        var text = line[(first + 10)..];
        var content = rest[7] == (byte)'P' ? text.ToArray() : [.. text.Span, (byte)'\n'];
        return new LogLine(time, Utc(time, Encoding.ASCII.GetString(span[..first])), isError, content);
    }

    /// <summary>As docker shows it: in UTC, with all its digits.</summary>
    private static string Utc(DateTimeOffset time, string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var digits = dot < 0 ? "" : new string([.. text[(dot + 1)..].TakeWhile(char.IsAsciiDigit)]);
        return time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + "." + digits.PadRight(9, '0') + "Z";
    }
}
