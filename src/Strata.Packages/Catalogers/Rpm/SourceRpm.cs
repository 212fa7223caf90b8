namespace Strata.Packages.Catalogers.Rpm;

/// <summary>The file name of a source package: <c>name-version-release.src.rpm</c>.</summary>
internal static class SourceRpm
{
    /// <param name="file">As the header has it; null where it does not.</param>
    /// <param name="epoch">
    /// The binary package's. The file name has none, and a source package gives its own to all it builds unless that says otherwise.
    /// </param>
    public static (string? Name, string? Version) Parse(string? file, string? epoch)
    {
        if (file is null) return (null, null);
        var text = file.AsSpan();
        var suffix = text.EndsWith(".rpm", StringComparison.Ordinal) ? text[..^4].LastIndexOf('.') : -1;
        if (suffix < 0) return (null, null);
        text = text[..suffix];
        var release = text.LastIndexOf('-');
        var version = release < 0 ? -1 : text[..release].LastIndexOf('-');
        return version <= 0 ? (null, null) : (text[..version].ToString(), RpmPackage.WithEpoch(epoch, text[(version + 1)..].ToString()));
    }
}
