using Strata.Build.Dockerfiles;

namespace Strata.Build;

/// <summary>Options as <c>type=local,dest=DIR</c>: each key is taken by somebody, or refused by its name.</summary>
public sealed class FieldList
{
    private readonly string _option;
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];

    private FieldList(string option) => _option = option;

    /// <param name="option">As a person knows it, for errors.</param>
    /// <exception cref="FormatException">Quotes do not match, or a key has no value or two.</exception>
    public static FieldList Parse(string option, string text)
    {
        var list = new FieldList(option);
        foreach (var field in CommaFields.Cut(text) ?? throw new FormatException($"{option} '{text}' has a quote without its other"))
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = equals < 0 ? (field, "true") : (field[..equals], field[(equals + 1)..]);
            if (!list._fields.TryAdd(key.Trim().ToLowerInvariant(), value)) throw new FormatException($"{option} '{text}' has '{key}' twice");
        }
        return list;
    }

    /// <summary>Null where it is not given.</summary>
    public string? Take(params string[] keys)
    {
        _known.AddRange(keys);
        string? found = null;
        foreach (var key in keys)
            if (_fields.Remove(key, out var value)) found = value;
        return found;
    }

    /// <exception cref="FormatException">It is neither true nor false.</exception>
    public bool? TakeTruth(string key) => Take(key) switch
    {
        null => null,
        "true" or "1" or "yes" => true,
        "false" or "0" or "no" => false,
        var other => throw new FormatException($"{_option}: '{key}={other}' is neither true nor false"),
    };

    /// <summary>All keys that begin so, without the beginning.</summary>
    public Dictionary<string, string> TakeAll(string prefix)
    {
        var taken = _fields.Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(f => f.Key[prefix.Length..], f => f.Value, StringComparer.Ordinal);
        foreach (var key in taken.Keys) _fields.Remove(prefix + key);
        return taken;
    }

    /// <exception cref="FormatException">A key is left that nobody took: what it asks for would not be done.</exception>
    public void End()
    {
        foreach (var key in _fields.Keys) throw new FormatException($"{_option} has the key '{key}', which is not known{Suggestion.For(key, _known)}");
    }
}
