namespace Strata.Vulnerabilities.Versions.Debian;

/// <summary>dpkg's order; Debian, Ubuntu and their derivatives share it.</summary>
internal sealed class DebianOrder : VersionOrder
{
    public override VersionRelation Compare(string left, string right)
    {
        if (!DebianVersion.TryParse(left, out var a, out _) || !DebianVersion.TryParse(right, out var b, out _)) return VersionRelation.Unknown;
        return a.CompareTo(b) switch { < 0 => VersionRelation.Before, > 0 => VersionRelation.After, _ => VersionRelation.Equal };
    }

    public override string? WhyInvalid(string version) => DebianVersion.TryParse(version, out _, out var why) ? null : why;
}
