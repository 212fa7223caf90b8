namespace Strata.Packages.Catalogers.Java;

/// <summary>What one archive says of itself and of what was put into it.</summary>
internal sealed class JarContents
{
    private readonly Dictionary<string, MavenName> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MavenName> _fallbacks = new(StringComparer.Ordinal);

    public Manifest? Manifest { get; set; }

    /// <summary>One for each artifact; of pom.properties and pom.xml beside each other the first counts.</summary>
    public IReadOnlyList<MavenName> Poms => [.. _named.Values, .. _fallbacks.Where(f => !_named.ContainsKey(f.Key)).Select(f => f.Value)];

    public void Add(string folder, MavenName name)
    {
        if (name.IsWhole) _named.TryAdd(folder, name);
    }

    public void AddFallback(string folder, MavenName name)
    {
        if (name.IsWhole) _fallbacks.TryAdd(folder, name);
    }
}
