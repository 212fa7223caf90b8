namespace Strata.Vulnerabilities.Versions.Rpm;

/// <summary>A version of rpm, <c>[epoch:]version[-release]</c>. rpm-version(7).</summary>
internal readonly record struct RpmVersion(string Epoch, string Version, string? Release)
{
    /// <summary>Null for an empty text: rpm takes every other, whatever is in it.</summary>
    public static RpmVersion? TryParse(string text)
    {
        if (text.Length == 0) return null;
        var colon = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        var hasEpoch = colon >= 0 && text[colon] == ':';
        var rest = hasEpoch ? text[(colon + 1)..] : text;
        var hyphen = rest.LastIndexOf('-');
        return new RpmVersion(
            hasEpoch && colon > 0 ? text[..colon] : "0", hyphen < 0 ? rest : rest[..hyphen], hyphen < 0 ? null : rest[(hyphen + 1)..]);
    }

    /// <summary>Negative when this one is earlier. A version without a release is before the same one with any.</summary>
    public int Against(RpmVersion other)
    {
        var order = RpmPart.Compare(Epoch, other.Epoch);
        if (order == 0) order = RpmPart.Compare(Version, other.Version);
        if (order != 0) return order;
        if (Release is null || other.Release is null) return (Release is null ? 0 : 1) - (other.Release is null ? 0 : 1);
        return RpmPart.Compare(Release, other.Release);
    }
}
