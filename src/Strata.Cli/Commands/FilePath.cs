namespace Strata.Cli.Commands;

/// <summary>An image and a path in it, as people write them: <c>REF:/PATH</c>, or an image alone for its root.</summary>
internal static class FilePath
{
    public static (string Image, string Path) Split(string text)
    {
        // A tag never begins with a slash, so the first :/ ends the name.
        var at = text.IndexOf(":/", StringComparison.Ordinal);
        return at < 0 ? (text, "/") : (text[..at], text[(at + 1)..]);
    }
}
