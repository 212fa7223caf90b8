namespace Strata.Packages.Catalogers.Npm;

/// <summary>npm-install(1), <c>ALIAS@npm:NAME@VERSION</c>: a package under another name. What counts is the real one.</summary>
/// <param name="Name">The real name.</param>
/// <param name="Version">A version or a range; empty where none is given.</param>
internal sealed record NpmAlias(string Name, string Version)
{
    private const string Protocol = "npm:";

    /// <summary>Null for a version that is no alias.</summary>
    public static NpmAlias? Of(string? version)
    {
        if (version?.StartsWith(Protocol, StringComparison.Ordinal) != true) return null;
        var (name, rest) = NpmName.Split(version[Protocol.Length..]);
        return name.Length > 0 && !char.IsAsciiDigit(name[0]) && name[0] is not ('^' or '~' or '>' or '<' or '=' or '*') ? new NpmAlias(name, rest) : null;
    }
}
