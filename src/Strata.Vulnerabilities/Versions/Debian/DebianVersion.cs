using System.Diagnostics.CodeAnalysis;

namespace Strata.Vulnerabilities.Versions.Debian;

/// <summary>A Debian version, <c>[epoch:]upstream[-revision]</c>, in dpkg's order. deb-version(7).</summary>
public readonly record struct DebianVersion : IComparable<DebianVersion>
{
    private DebianVersion(int epoch, string upstream, string revision) => (Epoch, Upstream, Revision) = (epoch, upstream, revision);

    public int Epoch { get; }

    public string Upstream { get; }

    /// <summary>Empty where there is none; in the order that is the same as <c>0</c>.</summary>
    public string Revision { get; }

    public static bool operator <(DebianVersion left, DebianVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(DebianVersion left, DebianVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(DebianVersion left, DebianVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(DebianVersion left, DebianVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Takes what <c>dpkg --validate-version</c> takes; otherwise <paramref name="why"/> says what is wrong, in dpkg's words.</summary>
    public static bool TryParse(string text, out DebianVersion version, [NotNullWhen(false)] out string? why)
    {
        version = default;
        var rest = text.AsSpan().Trim(" \t");
        if (rest.IsEmpty) why = "version string is empty";
        else if (rest.ContainsAny(' ', '\t')) why = "version string has embedded spaces";
        else if (!DebianEpoch.TryTake(ref rest, out var epoch, out why)) return false;
        else if (!TrySplit(rest, out var upstream, out var revision, out why)) return false;
        else version = new DebianVersion(epoch, upstream, revision);
        return why is null;
    }

    /// <summary>Negative when this one is earlier. Equal versions may be written differently: <c>1.0</c>, <c>0:1.0-0</c>, <c>1.00</c>.</summary>
    public int CompareTo(DebianVersion other)
    {
        if (Epoch != other.Epoch) return Epoch.CompareTo(other.Epoch);
        var upstream = DebianPart.Compare(Upstream, other.Upstream);
        return upstream != 0 ? upstream : DebianPart.Compare(Revision, other.Revision);
    }

    private static bool TrySplit(ReadOnlySpan<char> text, out string upstream, out string revision, [NotNullWhen(false)] out string? why)
    {
        var hyphen = text.LastIndexOf('-');
        var first = hyphen < 0 ? text : text[..hyphen];
        var second = hyphen < 0 ? default : text[(hyphen + 1)..];
        why = null;
        if (hyphen >= 0 && second.IsEmpty) why = "revision number is empty";
        else if (first.IsEmpty) why = "version number is empty";
        else if (!char.IsAsciiDigit(first[0])) why = "version number does not start with digit";
        else if (HasOther(first, ".-+~:")) why = "invalid character in version number";
        else if (HasOther(second, ".+~")) why = "invalid character in revision number";
        (upstream, revision) = why is null ? (first.ToString(), second.ToString()) : ("", "");
        return why is null;
    }

    private static bool HasOther(ReadOnlySpan<char> text, ReadOnlySpan<char> allowed)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !allowed.Contains(c)) return true;
        }

        return false;
    }
}
