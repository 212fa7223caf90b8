using System.Text;

namespace Strata.Ui.Format;

/// <summary>An address within the site with its query: sort order, filters and selection live there, so every view can be linked.</summary>
public sealed class PageUrl
{
    private readonly string _path;
    private readonly IReadOnlyList<(string Key, string Value)> _query;

    public PageUrl(string path) : this(path, [])
    {
    }

    private PageUrl(string path, IReadOnlyList<(string Key, string Value)> query)
    {
        _path = path;
        _query = query;
    }

    /// <summary>The path without the query, for a form's action.</summary>
    public string Path => _path;

    /// <summary>The query, for a form: its own fields replace what the address of its action has.</summary>
    public IEnumerable<(string Key, string Value)> Fields(params IReadOnlyCollection<string> without) => _query.Where(p => !without.Contains(p.Key, StringComparer.Ordinal));

    /// <summary>The same address with these keys only.</summary>
    public PageUrl Only(params IReadOnlyCollection<string> keys) => new(_path, [.. _query.Where(p => keys.Contains(p.Key, StringComparer.Ordinal))]);

    /// <summary>The same address with this key set, or without it when the value is null or empty.</summary>
    public PageUrl With(string key, string? value) => WithAll(key, string.IsNullOrEmpty(value) ? [] : [value]);

    public PageUrl With(string key, int? value) => With(key, value?.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public PageUrl WithAll(string key, IEnumerable<string> values) =>
        new(_path, [.. _query.Where(p => p.Key != key), .. values.Select(v => (key, v))]);

    public PageUrl Without(string key) => WithAll(key, []);

    public override string ToString()
    {
        var url = new StringBuilder(_path);
        for (var i = 0; i < _query.Count; i++)
        {
            url.Append(i == 0 ? '?' : '&').Append(Uri.EscapeDataString(_query[i].Key)).Append('=').Append(Uri.EscapeDataString(_query[i].Value));
        }
        return url.ToString();
    }
}
