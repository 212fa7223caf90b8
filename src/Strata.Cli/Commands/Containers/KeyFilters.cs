namespace Strata.Cli.Commands.Containers;

/// <summary>Docker's <c>--filter KEY=VALUE</c>: of one key any of the values, of several keys all; of labels all.</summary>
internal sealed class KeyFilters
{
    private readonly ILookup<string, string> _values;

    /// <exception cref="UsageException">There is no such filter.</exception>
    public KeyFilters(IEnumerable<string> filters, params string[] known)
    {
        var pairs = filters.Select(f => f.Split('=', 2) is [var k, var v] ? (Key: k.Trim(), Value: v.Trim())
            : throw new UsageException($"invalid argument \"{f}\" for --filter: bad format of filter (expected name=value)")).ToArray();
        if (Array.Find(pairs, p => !known.Contains(p.Key, StringComparer.Ordinal)).Key is { } unknown) throw new UsageException($"invalid filter '{unknown}'", "there are: " + string.Join(", ", known));
        _values = pairs.ToLookup(p => p.Key, p => p.Value, StringComparer.Ordinal);
    }

    public bool Has(string key) => _values.Contains(key);

    /// <summary>What was given for a key.</summary>
    public IEnumerable<string> Of(string key) => _values[key];

    public bool Any(string key, Func<string, bool> matches) => !_values.Contains(key) || _values[key].Any(matches);

    public bool Labels(IReadOnlyDictionary<string, string> labels) => _values["label"].All(v => Matches(labels, v)) && !_values["label!"].Any(v => Matches(labels, v));

    public static bool IsTrue(string value) => value is "true" or "1";

    private static bool Matches(IReadOnlyDictionary<string, string> labels, string value) => value.Split('=', 2) is [var key, var wanted]
        ? labels.TryGetValue(key, out var has) && has == wanted
        : labels.ContainsKey(value);
}
