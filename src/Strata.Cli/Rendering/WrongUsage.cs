using System.CommandLine;
using System.CommandLine.Parsing;

namespace Strata.Cli.Rendering;

/// <summary>Says in two or three lines what is wrong with a command line, with the nearest word that is right; never the whole help.</summary>
internal static class WrongUsage
{
    public static void Write(ParseResult parsed, RootCommand root, TextWriter writer)
    {
        var command = parsed.CommandResult.Command;
        var name = command == root ? "strata" : $"strata {command.Name}";
        var stray = StrayOption(parsed) ?? (parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null);
        if (command == root && stray is not null && !stray.StartsWith('-'))
        {
            writer.WriteLine($"strata: there is no command '{stray}'");
            var near = Nearest(stray, root.Subcommands.Where(c => !c.Hidden).Select(c => c.Name));
            writer.WriteLine(near is null ? "  `strata --help` lists them" : $"  did you mean `strata {near}`?");
            return;
        }
        if (stray is not null && stray.StartsWith('-'))
        {
            writer.WriteLine($"{name}: there is no option '{stray}'");
            var options = command.Options.Concat(root.Options).SelectMany(o => o.Aliases.Append(o.Name));
            var near = Nearest(stray, options.Where(o => o.StartsWith("--", StringComparison.Ordinal)));
            writer.WriteLine(near is null ? $"  `{name} --help` lists them" : $"  did you mean {near}?");
            return;
        }
        writer.WriteLine($"{name}: {FirstLetterDown(parsed.Errors[0].Message)}");
        writer.WriteLine($"  `{name} --help` shows how it is used");
    }

    /// <summary>A word that looks like an option and was taken for an argument: no image is called --fromat.</summary>
    public static string? StrayOption(ParseResult parsed) => parsed.CommandResult.Children.OfType<ArgumentResult>()
        .SelectMany(r => r.Tokens).Select(t => t.Value).FirstOrDefault(v => v.Length > 1 && v[0] == '-');

    private static string FirstLetterDown(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..].TrimEnd('.');

    private static string? Nearest(string word, IEnumerable<string> words)
    {
        var best = words.Select(w => (Word: w, Distance: Distance(word, w))).OrderBy(w => w.Distance).FirstOrDefault();
        return best.Word is not null && best.Distance <= Math.Max(2, word.Length / 3) ? best.Word : null;
    }

    /// <summary>Optimal string alignment: a swap of two neighbours counts as one mistake.</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
