using System.CommandLine;
using Strata.Cli.Rendering;

namespace Strata.Cli;

/// <summary>The options that every command has.</summary>
internal static class GlobalOptions
{
    public static Option<string?> Root { get; } = new("--root")
    {
        Description = "The folder of images and state ($STRATA_ROOT)",
        HelpName = "DIR",
        Recursive = true,
    };

    public static Option<ProgressStyle> Progress { get; } = new("--progress")
    {
        Description = "How progress is shown: auto, tty, plain, json or quiet",
        DefaultValueFactory = _ => ProgressStyle.Auto,
        Recursive = true,
    };

    public static Option<string?> Format { get; } = new("--format")
    {
        Description = "table, json, or a template such as '{{.ID}}'",
        HelpName = "FORMAT",
        Recursive = true,
    };

    public static Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Show only what scripts need", Recursive = true };

    public static Option<bool> NoColor { get; } = new("--no-color") { Description = "No colours (NO_COLOR does the same)", Recursive = true };

    public static void AddTo(RootCommand root)
    {
        root.Options.Add(Root);
        root.Options.Add(Progress);
        root.Options.Add(Format);
        root.Options.Add(Quiet);
        root.Options.Add(NoColor);
    }

    /// <summary>The folder that is meant: --root, $STRATA_ROOT, or the user's own.</summary>
    public static string RootFolder(ParseResult parsed)
    {
        if (parsed.GetValue(Root) is { Length: > 0 } named) return Path.GetFullPath(named);
        if (Environment.GetEnvironmentVariable("STRATA_ROOT") is { Length: > 0 } variable) return Path.GetFullPath(variable);
        if (Environment.IsPrivilegedProcess) return "/var/lib/strata";
        var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
        return Path.Combine(data, "strata");
    }
}
