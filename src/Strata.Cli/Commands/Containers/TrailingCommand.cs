using System.CommandLine;

namespace Strata.Cli.Commands.Containers;

/// <summary>
/// A command whose own words end with a number of arguments, an image or a container: all behind belongs to the program in the container, with all its
/// dashes. The parser has no such rule, so that those words are cut off before it sees them.
/// </summary>
/// <param name="own">How many arguments the command has itself.</param>
internal sealed class TrailingCommand(string name, string description, int own) : Command(name, description)
{
    /// <summary>What was behind.</summary>
    public IReadOnlyList<string> Words { get; private set; } = [];

    /// <returns>What is left for the parser.</returns>
    public static string[] Cut(RootCommand root, string[] arguments)
    {
        Command at = root;
        var seen = 0;
        for (var i = 0; i < arguments.Length; i++)
        {
            var word = arguments[i];
            if (word.Length > 1 && word[0] == '-' && word != "--")
            {
                if (TakesNext(at, root, word)) i++;
                continue;
            }
            if (at.Subcommands.FirstOrDefault(c => c.Name == word || c.Aliases.Contains(word)) is { } below)
            {
                at = below;
                continue;
            }
            if (word == "--" || at is not TrailingCommand command) continue;
            if (++seen < command.Own) continue;
            command.Words = arguments[(i + 1)..];
            return arguments[..(i + 1)];
        }
        return arguments;
    }

    private int Own => own;

    private static bool TakesNext(Command command, RootCommand root, string word)
    {
        if (word.Contains('=', StringComparison.Ordinal)) return false;
        var options = command.Options.Concat(root.Options).ToArray();
        Option? Find(string alias) => Array.Find(options, o => o.Name == alias || o.Aliases.Contains(alias));
        if (word.StartsWith("--", StringComparison.Ordinal)) return Find(word) is { } named && IsValued(named);
        // A bundle: the first that takes a value has the rest for it, or the next word.
        for (var i = 1; i < word.Length; i++)
        {
            if (Find("-" + word[i]) is not { } option) return false;
            if (IsValued(option)) return i == word.Length - 1;
        }
        return false;
    }

    private static bool IsValued(Option option) => option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0;
}
