namespace Strata.Packages.Catalogers.Go;

/// <summary>A module as build info names it.</summary>
internal sealed record GoModule(string Path, string Version)
{
    /// <summary>What takes its place, by a <c>replace</c> in go.mod.</summary>
    public GoModule? Replacement { get; init; }

    /// <summary>What was really built: a replacement that is a folder has no version, and is still that module.</summary>
    public GoModule Built => Replacement is { Path: [not ('.' or '/'), ..], Version.Length: > 0 } ? Replacement : this;
}
