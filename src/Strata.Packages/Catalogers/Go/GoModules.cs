namespace Strata.Packages.Catalogers.Go;

/// <summary>The text about modules, taken apart. Package runtime/debug, BuildInfo.String.</summary>
internal sealed class GoModules
{
    private readonly List<GoModule> _dependencies = [];
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);

    /// <summary>Null for what is part of no module, such as the tools of Go itself.</summary>
    public GoModule? Main { get; private set; }

    public IReadOnlyList<GoModule> Dependencies => _dependencies;

    public string? Setting(string key) => _settings.GetValueOrDefault(key);

    public static GoModules Parse(string text)
    {
        var modules = new GoModules();
        foreach (var line in text.Split('\n')) modules.Add(line.Split('\t'));
        return modules;
    }

    private void Add(string[] fields)
    {
        switch (fields)
        {
            case ["mod", { Length: > 0 } path, var version, ..]:
                Main = new GoModule(path, version);
                break;
            case ["dep", { Length: > 0 } path, var version, ..]:
                _dependencies.Add(new GoModule(path, version));
                break;
            case ["=>", var path, var version, ..] when _dependencies.Count > 0:
                _dependencies[^1] = _dependencies[^1] with { Replacement = new GoModule(path, version) };
                break;
            case ["build", var setting, ..] when setting.IndexOf('=', StringComparison.Ordinal) is > 0 and var at:
                _settings[Unquote(setting[..at])] = Unquote(setting[(at + 1)..]);
                break;
        }
    }

    /// <summary>Go writes what has blanks or quotes as one of its string literals.</summary>
    private static string Unquote(string text)
    {
        if (text.Length < 2 || text[0] != text[^1]) return text;
        if (text[0] == '`') return text[1..^1];
        return text[0] == '"' ? text[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal) : text;
    }
}
