using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Strata.Cli.Commands.Containers;

/// <summary>Arguments and values that several commands of containers share.</summary>
internal static class ContainerArguments
{
    public static Argument<string> One() => new Argument<string>("CONTAINER") { Description = "A container: its name, or the beginning of its ID" }.OfContainers();

    public static Argument<string[]> Several() =>
        new Argument<string[]>("CONTAINER") { Description = "Containers: names, or beginnings of IDs", Arity = ArgumentArity.OneOrMore }.OfContainers();

    /// <summary>Completed from the names' folder alone.</summary>
    private static Argument<T> OfContainers<T>(this Argument<T> argument)
    {
        argument.CompletionSources.Add(context =>
        {
            var names = Path.Combine(GlobalOptions.RootFolder(context.ParseResult), "containers", "names");
            return Directory.Exists(names) ? [.. Directory.EnumerateFileSystemEntries(names).Select(n => new CompletionItem(Path.GetFileName(n)))] : (IEnumerable<CompletionItem>)[];
        });
        return argument;
    }

    /// <summary>Bytes as docker reads them: 512m, 1.5g, of 1024.</summary>
    /// <exception cref="UsageException">It is no size.</exception>
    public static long ToBytes(string text, string option)
    {
        var end = text.AsSpan().IndexOfAnyExcept("0123456789.");
        var unit = end < 0 ? "" : text[end..].Trim().ToLowerInvariant();
        var factor = unit switch
        {
            "" or "b" => 1L,
            "k" or "kb" or "kib" => 1L << 10,
            "m" or "mb" or "mib" => 1L << 20,
            "g" or "gb" or "gib" => 1L << 30,
            "t" or "tb" or "tib" => 1L << 40,
            _ => 0,
        };
        return factor > 0 && decimal.TryParse(end < 0 ? text : text[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value < long.MaxValue / factor
            ? (long)(value * factor)
            : throw new UsageException($"invalid argument \"{text}\" for {option}: invalid size: '{text}'", "write bytes, or a number with b, k, m or g");
    }

    /// <summary>Nanoseconds of what Go calls a duration: 1m30s, 500ms.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static long ToNanoseconds(string text, string option)
    {
        decimal total = 0;
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) throw Wrong();
            rest = rest[digits..];
            var letters = rest.IndexOfAny("0123456789.");
            var unit = letters < 0 ? rest : rest[..letters];
            total += value * (unit switch { "ns" => 1m, "us" or "µs" => 1_000m, "ms" => 1_000_000m, "s" => 1e9m, "m" => 60e9m, "h" => 3600e9m, _ => throw Wrong() });
            rest = rest[unit.Length..];
        }
        return text.Length > 0 ? (long)total : throw Wrong();

        UsageException Wrong() => new($"invalid argument \"{text}\" for {option}: invalid duration", "write it as 30s, 1m30s or 500ms");
    }

    /// <exception cref="UsageException">Something has no name.</exception>
    public static Dictionary<string, string> ToMap(IEnumerable<string> texts, string option)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var (key, value) = text.Split('=', 2) is [var k, var v] ? (k, v) : (text, "");
            if (key.Length == 0) throw new UsageException($"invalid argument \"{text}\" for {option}", "write NAME=VALUE");
            map[key] = value;
        }
        return map;
    }

    /// <summary>What a room refuses as text is wrong usage here.</summary>
    public static T Parse<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message, e);
        }
    }

    /// <summary>NAME=VALUE a line; a name alone takes what we have ourselves, if we have it.</summary>
    public static IEnumerable<string> Environment(IEnumerable<string> files, IEnumerable<string> variables)
    {
        foreach (var file in files)
        {
            if (!File.Exists(file)) throw new CommandException($"open {file}: no such file or directory", "check the path of --env-file");
            foreach (var line in File.ReadLines(file).Select(l => l.TrimStart()).Where(l => l.Length > 0 && l[0] != '#'))
            {
                if (line.Split('=')[0].Any(char.IsWhiteSpace)) throw new UsageException($"poorly formatted environment: variable '{line.Split('=')[0]}' contains whitespaces", $"see {file}");
                if (Resolved(line) is { } variable) yield return variable;
            }
        }
        foreach (var variable in variables)
            if (Resolved(variable) is { } resolved) yield return resolved;
    }

    private static string? Resolved(string text)
    {
        if (text.Length == 0 || text[0] == '=') throw new UsageException($"invalid environment variable: {text}", "write NAME=VALUE");
        if (text.Contains('=', StringComparison.Ordinal)) return text;
        return System.Environment.GetEnvironmentVariable(text) is { } own ? $"{text}={own}" : null;
    }

    public static JsonArray ToJson(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}
