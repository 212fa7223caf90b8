using Strata.Oci;
using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>A registry that the hub mirrors.</summary>
public sealed record MirrorOptions : ISettings<MirrorOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>The registry as names of images have it, such as <c>docker.io</c> or <c>127.0.0.1:5001</c>. No default.</summary>
    public string Registry { get; init; } = "";

    /// <summary>What stands before its repositories' names here; the registry's own name unless told otherwise, which must be one if it has a port.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether a name that this hub does not have stands for this registry's: for clients that know the hub as a mirror and leave the name out.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Whom to be there; null for anybody.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Whether it is asked by plain http. One on this machine always is.</summary>
    public bool IsInsecure { get; init; }

    /// <summary>A tag is asked for again after this time. 0 to 10 years; default 5 minutes.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What nobody asked for in this time goes; zero keeps it for ever. 0 to 10 years; default 30 days.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(30);

    public static MirrorOptions Read(SettingsSection from, MirrorOptions usual)
    {
        var registry = from.Text("registry", usual.Registry);
        var options = new MirrorOptions
        {
            Registry = registry,
            Name = from.Text("name", usual.Name.Length > 0 ? usual.Name : registry),
            IsDefault = from.Flag("default", usual.IsDefault),
            User = from.OptionalText("user", usual.User),
            Password = from.Secret("password", usual.Password),
            IsInsecure = from.Flag("insecure", usual.IsInsecure),
            Refresh = from.Duration("refresh", usual.Refresh, TimeSpan.Zero, Longest),
            Keep = from.Duration("keep", usual.Keep, TimeSpan.Zero, Longest),
        };
        if (!Reference.TryParse($"{registry}/a/b", out var parsed) || parsed.Registry != registry)
            from.Fault("registry", $"is \"{registry}\"; it must be a host, with a port where it has one: docker.io, registry.example:5000");
        if (!ReferenceGrammar.IsRepository(options.Name))
            from.Fault("name", $"is \"{options.Name}\"; it must be the beginning of a repository's name, such as mirror/example");
        if ((options.User is null) != (options.Password is null)) from.Fault("password", "and user go together");
        return options;
    }

    /// <summary>What is wrong with mirrors beside each other.</summary>
    public static IEnumerable<string> FaultsOf(IReadOnlyList<MirrorOptions> mirrors)
    {
        if (mirrors.Count(m => m.IsDefault) > 1) yield return "has more than one default; a name can stand for one registry's only";
        foreach (var twice in mirrors.GroupBy(m => m.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return $"has the name {twice.Key} twice; give each its own";
    }
}
