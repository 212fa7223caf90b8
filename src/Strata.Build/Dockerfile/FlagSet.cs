namespace Strata.Build.Dockerfiles;

/// <summary>The flags of one instruction, held against those that it may have.</summary>
internal sealed class FlagSet
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _lists = new(StringComparer.Ordinal);

    /// <exception cref="DockerfileException">A flag is unknown, comes twice, or its value is none.</exception>
    public static FlagSet Parse(InstructionLine line, string[]? texts = null, string[]? switches = null, string[]? lists = null)
    {
        var set = new FlagSet();
        foreach (var flag in line.Flags)
        {
            var equals = flag.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? flag[2..] : flag[2..equals];
            var value = equals < 0 ? null : flag[(equals + 1)..];
            if (lists?.Contains(name, StringComparer.Ordinal) == true)
            {
                if (!set._lists.TryGetValue(name, out var list)) set._lists[name] = list = [];
                list.Add(value ?? throw Missing(line, name));
                continue;
            }
            var isSwitch = switches?.Contains(name, StringComparer.Ordinal) == true;
            if (!isSwitch && texts?.Contains(name, StringComparer.Ordinal) != true)
            {
                var all = (string[])[.. texts ?? [], .. switches ?? [], .. lists ?? []];
                throw line.SyntaxFault($"unknown flag: --{name}{Suggestion.For(name, all, "--")}", "--" + name,
                    all.Length == 0 ? $"{line.Name} has no flags" : $"{line.Name} has {string.Join(", ", all.Select(f => "--" + f))}");
            }
            if (!set._texts.TryAdd(name, isSwitch ? Truth(line, name, value) : value ?? throw Missing(line, name)))
                throw line.SyntaxFault($"duplicate flag specified: --{name}", "--" + name);
        }
        return set;
    }

    public string Text(string name) => _texts.GetValueOrDefault(name, "");

    public bool Is(string name) => Text(name) == "true";

    public bool? IfSet(string name) => _texts.TryGetValue(name, out var value) ? value == "true" : null;

    public IReadOnlyList<string> List(string name) => _lists.GetValueOrDefault(name) ?? [];

    private static string Truth(InstructionLine line, string name, string? value) => value?.ToLowerInvariant() switch
    {
        null or "true" => "true",
        "false" => "false",
        "" => throw Missing(line, name),
        _ => throw line.SyntaxFault($"expecting boolean value for flag --{name}, not: {value}", "--" + name),
    };

    private static DockerfileException Missing(InstructionLine line, string name) => line.SyntaxFault($"missing a value on flag: --{name}", "--" + name);
}
