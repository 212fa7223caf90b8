using System.Text.Json;
using Strata.Oci;

namespace Strata.Images.Editing;

/// <summary>
/// Applies an instruction of a Dockerfile that changes a config and nothing else, as <c>docker import --change</c> takes it.
/// </summary>
internal static class ConfigChange
{
    private const string Known = "CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, ONBUILD, STOPSIGNAL, USER, VOLUME and WORKDIR";

    /// <exception cref="ImageException">The instruction is none of those, or cannot be read.</exception>
    public static ContainerConfig Apply(ContainerConfig config, string instruction)
    {
        var text = instruction.Trim();
        var space = text.AsSpan().IndexOfAny(' ', '\t');
        if (space < 0) throw Wrong(instruction, "it has nothing behind the keyword");
        var rest = text[(space + 1)..].Trim();
        return text[..space].ToUpperInvariant() switch
        {
            "CMD" => config with { Cmd = Command(rest, instruction) },
            "ENTRYPOINT" => config with { Entrypoint = Command(rest, instruction) },
            "ENV" => config with { Env = Pairs(rest, instruction).Aggregate(config.Env ?? [], SetEnv) },
            "LABEL" => config with { Labels = Merge(config.Labels, Pairs(rest, instruction)) },
            "EXPOSE" => config with { ExposedPorts = Add(config.ExposedPorts, Words(rest).Select(p => p.Contains('/', StringComparison.Ordinal) ? p : p + "/tcp")) },
            "VOLUME" => config with { Volumes = Add(config.Volumes, rest.StartsWith('[') ? List(rest, instruction) : Words(rest)) },
            "USER" => config with { User = rest },
            "WORKDIR" => config with { WorkingDir = rest.StartsWith('/') ? rest : $"{(config.WorkingDir ?? "").TrimEnd('/')}/{rest}" },
            "STOPSIGNAL" => config with { StopSignal = rest },
            "ONBUILD" => config with { OnBuild = [.. config.OnBuild ?? [], rest] },
            var other => throw Wrong(instruction, $"{other} is not one of {Known}"),
        };
    }

    /// <summary>A JSON list is the words themselves; anything else is a line for the shell.</summary>
    private static IReadOnlyList<string> Command(string text, string instruction) => text.StartsWith('[') ? List(text, instruction) : ["/bin/sh", "-c", text];

    private static IReadOnlyList<string> List(string json, string instruction)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. document.RootElement.EnumerateArray().Select(e => e.GetString() ?? throw new JsonException("null is no word"))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Wrong(instruction, "its list is not valid JSON; words stand in double quotes");
        }
    }

    /// <summary><c>A=1 B="two words"</c>, or the old <c>A 1</c>.</summary>
    private static IReadOnlyList<(string Key, string Value)> Pairs(string text, string instruction)
    {
        var words = Words(text).ToArray();
        if (words.Length == 0) throw Wrong(instruction, "it sets nothing");
        if (!words[0].Contains('=', StringComparison.Ordinal) && words.Length > 1) return [(words[0], text[words[0].Length..].Trim())];
        return [.. words.Select(w => w.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? (w[..at], w[(at + 1)..])
            : throw Wrong(instruction, $"'{w}' is not KEY=VALUE"))];
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new System.Text.StringBuilder();
        var (quote, any) = ('\0', false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && quote != '\'' && i + 1 < text.Length) (any, _) = (true, word.Append(text[++i]));
            else if (quote != '\0' && c == quote) quote = '\0';
            else if (quote == '\0' && c is '"' or '\'') (quote, any) = (c, true);
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (any) yield return word.ToString();
                word.Clear();
                any = false;
            }
            else (any, _) = (true, word.Append(c));
        }
        if (any) yield return word.ToString();
    }

    private static IReadOnlyList<string> SetEnv(IReadOnlyList<string> env, (string Key, string Value) pair) =>
        [.. env.Where(e => !e.StartsWith(pair.Key + "=", StringComparison.Ordinal)), $"{pair.Key}={pair.Value}"];

    private static SortedDictionary<string, string> Merge(IReadOnlyDictionary<string, string>? labels, IReadOnlyList<(string Key, string Value)> more)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in labels ?? new Dictionary<string, string>(StringComparer.Ordinal)) all[key] = value;
        foreach (var (key, value) in more) all[key] = value;
        return all;
    }

    private static SortedDictionary<string, EmptyObject> Add(IReadOnlyDictionary<string, EmptyObject>? set, IEnumerable<string> more)
    {
        var all = new SortedDictionary<string, EmptyObject>(StringComparer.Ordinal);
        foreach (var key in set?.Keys ?? []) all[key] = new EmptyObject();
        foreach (var key in more) all[key] = new EmptyObject();
        return all;
    }

    private static ImageException Wrong(string instruction, string why) => new($"the change '{instruction}' cannot be made: {why}", $"changes are instructions of a Dockerfile: {Known}");
}
