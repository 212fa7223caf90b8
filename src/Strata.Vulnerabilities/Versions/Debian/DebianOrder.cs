namespace Strata.Vulnerabilities.Versions.Debian;

/// <summary>dpkg's order; Debian, Ubuntu and their derivatives share it.</summary>
internal sealed class DebianOrder : ParsedOrder<DebianVersion>
{
    protected override string? Parse(string text, out DebianVersion version) => DebianVersion.TryParse(text, out version, out var why) ? null : why;

    protected override int Order(DebianVersion left, DebianVersion right) => left.CompareTo(right);
}
