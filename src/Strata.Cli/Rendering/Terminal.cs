namespace Strata.Cli.Rendering;

/// <summary>Text that images and registries say, on its way to a terminal.</summary>
internal static class Terminal
{
    /// <summary>A terminal must not obey it, and a line is one line.</summary>
    public static string Clean(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
