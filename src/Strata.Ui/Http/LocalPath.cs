namespace Strata.Ui.Http;

/// <summary>A path of ours, where a form or an address says where to go next.</summary>
public static class LocalPath
{
    /// <summary>The path, or another one where it is none of ours: two slashes would be another host.</summary>
    public static string Or(string? path, string other) =>
        path is ['/'] or ['/', not ('/' or '\\'), ..] && !path.Any(char.IsControl) ? path : other;
}
