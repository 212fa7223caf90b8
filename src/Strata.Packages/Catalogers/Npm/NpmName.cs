namespace Strata.Packages.Catalogers.Npm;

/// <summary>Cuts <c>NAME@VERSION</c> where the name may itself begin with <c>@</c>.</summary>
internal static class NpmName
{
    /// <summary>The version is empty where there is none.</summary>
    public static (string Name, string Version) Split(string text)
    {
        var at = text.Length == 0 ? -1 : text.IndexOf('@', 1);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }
}
