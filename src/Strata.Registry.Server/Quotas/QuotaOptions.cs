namespace Strata.Registry.Server;

/// <summary>How many bytes namespaces may keep, as the configuration has it. An administrator's word for a namespace goes before it.</summary>
public sealed record QuotaOptions : ISettings<QuotaOptions>
{
    private const long Largest = 1L << 50;

    /// <summary>Of a namespace of which nothing else is said; null for any number.</summary>
    public long? Default { get; init; }

    /// <summary>Of some, by their names.</summary>
    public IReadOnlyDictionary<string, long> Namespaces { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    public static QuotaOptions Read(SettingsSection from, QuotaOptions usual)
    {
        var namespaces = from.Sizes("namespaces", 0, Largest);
        foreach (var name in namespaces.Keys.Where(n => !RepositoryNamespace.IsOne(n)))
            from.Fault($"namespaces.{name}", "is no namespace; it must be the first part of repositories' names, such as team");
        return new() { Default = from.OptionalSize("default", usual.Default, 0, Largest), Namespaces = namespaces };
    }

    public long? Of(string name) => Namespaces.TryGetValue(name, out var bytes) ? bytes : Default;
}
