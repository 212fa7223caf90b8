namespace Strata.Build.Dockerfiles;

/// <summary>The directives before the first instruction and the first other comment: <c># escape=`</c>.</summary>
internal sealed class Directives(SourceFile source)
{
    private const char DefaultEscape = '\\';
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private bool _isOver;

    public char Escape { get; private set; } = DefaultEscape;

    /// <summary>The frontend that is asked for; it is this one, whatever it says.</summary>
    public string? Syntax => _values.GetValueOrDefault("syntax");

    /// <summary>Which checks are left out, and whether a warning is an error: <c>skip=A,B;error=true</c>.</summary>
    public string? Check => _values.GetValueOrDefault("check");

    /// <returns>True for a line that is one.</returns>
    /// <exception cref="DockerfileException">It comes twice, or the escape is none.</exception>
    public bool Take(string line, int number)
    {
        if (_isOver) return false;
        if (!line.StartsWith('#') || !TryCut(line[1..], out var name, out var value))
        {
            _isOver = true;
            return false;
        }
        if (!_values.TryAdd(name, value)) throw source.Fault($"only one {name} parser directive can be used", number, number, name);
        if (name == "escape")
        {
            if (value is not ("`" or "\\")) throw source.Fault($"invalid escape token '{value}' does not match ` or \\", number, number, value);
            Escape = value[0];
        }
        return true;
    }

    private static bool TryCut(string text, out string name, out string value)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        name = equals < 0 ? "" : text[..equals].Trim().ToLowerInvariant();
        value = equals < 0 ? "" : text[(equals + 1)..].Trim();
        return name is "syntax" or "escape" or "check" && value.Length > 0;
    }
}
