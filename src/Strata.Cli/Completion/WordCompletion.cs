using System.CommandLine;

namespace Strata.Cli.Completion;

/// <summary>
/// Answers the shells' scripts: what the last of the words on a command line may become, a line each. Hidden behind <see cref="Verb"/>, and not
/// parsed as others are: the words are those of another command line, unfinished as it is.
/// </summary>
internal static class WordCompletion
{
    public const string Verb = "__complete";

    /// <param name="words">The words behind the program's name, the unfinished one last; it may be empty.</param>
    public static IReadOnlyList<string> Of(RootCommand root, IReadOnlyList<string> words)
    {
        if (words is ["--", ..]) words = [.. words.Skip(1)];
        var unfinished = words.Count == 0 ? "" : words[^1];
        // Behind a word that has no meaning, none has.
        if (root.Parse([.. words.SkipLast(1)]).UnmatchedTokens.Count > 0) return [];
        // As one text with the cursor at its end: only so an empty last word is told from a finished one before it.
        var line = string.Join(' ', words.SkipLast(1).Select(Quoted).Append(unfinished));
        return [.. root.Parse(line).GetCompletions(line.Length).Select(c => c.Label)
            .Where(l => l.StartsWith(unfinished, StringComparison.Ordinal) && (unfinished.StartsWith('-') || !l.StartsWith('-')) && !l.StartsWith('/'))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static string Quoted(string word) => word.Length == 0 || word.Any(char.IsWhiteSpace) ? $"\"{word.Replace("\"", "", StringComparison.Ordinal)}\"" : word;
}
