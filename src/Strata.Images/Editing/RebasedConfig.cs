using Strata.Oci;

namespace Strata.Images.Editing;

/// <summary>
/// The config of an image on another base. Each setting is the image's own where the image changed it, and the new base's where the image
/// only had what its old base said.
/// </summary>
internal static class RebasedConfig
{
    private const string BaseDigest = "org.opencontainers.image.base.digest";
    private const string BaseName = "org.opencontainers.image.base.name";

    public static ImageConfig Of(ImageConfig image, ImageConfig oldBase, ImageConfig newBase) => image with
    {
        OsVersion = newBase.OsVersion,
        Config = Of(image.Config ?? new ContainerConfig(), oldBase.Config ?? new ContainerConfig(), newBase.Config ?? new ContainerConfig()),
        RootFs = image.RootFs with { DiffIds = [.. newBase.RootFs.DiffIds, .. image.RootFs.DiffIds.Skip(oldBase.RootFs.DiffIds.Count)] },
        History = [.. newBase.History ?? [], .. Own(image, oldBase)],
    };

    /// <summary>Says on what the image is now. OCI image spec, annotations.md.</summary>
    public static ImageConfig Labelled(ImageConfig image, NamedImage newBase) =>
        image.Config is null ? image : image with { Config = image.Config with { Labels = Labelled(image.Config.Labels, newBase) } };

    /// <summary>The same in a manifest's annotations. What says nothing of a base is left as it is.</summary>
    public static IReadOnlyDictionary<string, string>? Labelled(IReadOnlyDictionary<string, string>? before, NamedImage newBase)
    {
        if (before is null || !(before.ContainsKey(BaseDigest) || before.ContainsKey(BaseName))) return before;
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in before) labels[key] = value;
        labels[BaseDigest] = (newBase.RegistryDigest ?? newBase.Manifest.Digest).ToString();
        if (newBase.Name is { } name) labels[BaseName] = name.ToString();
        else labels.Remove(BaseName);
        return labels;
    }

    /// <summary>What an image says its base is.</summary>
    public static (Digest? Digest, Reference? Name) BaseOf(Manifest manifest, ImageConfig config)
    {
        string? Say(string key) => manifest.Annotations?.GetValueOrDefault(key) ?? config.Config?.Labels?.GetValueOrDefault(key);
        return (Digest.TryParse(Say(BaseDigest), out var digest) ? digest : null, Reference.TryParse(Say(BaseName), out var name) ? name : null);
    }

    private static ContainerConfig Of(ContainerConfig image, ContainerConfig oldBase, ContainerConfig newBase) => image with
    {
        User = Pick(image.User, oldBase.User, newBase.User),
        WorkingDir = Pick(image.WorkingDir, oldBase.WorkingDir, newBase.WorkingDir),
        StopSignal = Pick(image.StopSignal, oldBase.StopSignal, newBase.StopSignal),
        Healthcheck = Equal(image.Healthcheck, oldBase.Healthcheck) ? newBase.Healthcheck : image.Healthcheck,
        Cmd = Pick(image.Cmd, oldBase.Cmd, newBase.Cmd),
        Entrypoint = Pick(image.Entrypoint, oldBase.Entrypoint, newBase.Entrypoint),
        Shell = Pick(image.Shell, oldBase.Shell, newBase.Shell),
        Env = image.Env is null && newBase.Env is null ? null : Env(image.Env ?? [], oldBase.Env ?? [], newBase.Env ?? []),
        Labels = Merge(image.Labels, oldBase.Labels, newBase.Labels),
        ExposedPorts = Merge(image.ExposedPorts, oldBase.ExposedPorts, newBase.ExposedPorts),
        Volumes = Merge(image.Volumes, oldBase.Volumes, newBase.Volumes),
    };

    /// <summary>The new base's variables, then those that the image set or changed. One that the image set stays even when both bases have it.</summary>
    private static IReadOnlyList<string> Env(IReadOnlyList<string> image, IReadOnlyList<string> oldBase, IReadOnlyList<string> newBase)
    {
        var own = image.Where(e => !oldBase.Contains(e, StringComparer.Ordinal)).ToArray();
        var keys = own.Select(KeyOf).ToHashSet(StringComparer.Ordinal);
        return [.. newBase.Where(e => !keys.Contains(KeyOf(e))), .. own];
    }

    private static string KeyOf(string variable) => variable.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? variable[..at] : variable;

    private static string? Pick(string? image, string? oldBase, string? newBase) =>
        string.Equals(image ?? "", oldBase ?? "", StringComparison.Ordinal) ? newBase : image;

    private static IReadOnlyList<string>? Pick(IReadOnlyList<string>? image, IReadOnlyList<string>? oldBase, IReadOnlyList<string>? newBase) =>
        (image ?? []).SequenceEqual(oldBase ?? [], StringComparer.Ordinal) ? newBase : image;

    private static bool Equal(HealthCheck? a, HealthCheck? b) =>
        (a ?? new HealthCheck()) with { Test = null } == ((b ?? new HealthCheck()) with { Test = null })
        && (a?.Test ?? []).SequenceEqual(b?.Test ?? [], StringComparer.Ordinal);

    private static IReadOnlyDictionary<string, T>? Merge<T>(
        IReadOnlyDictionary<string, T>? image, IReadOnlyDictionary<string, T>? oldBase, IReadOnlyDictionary<string, T>? newBase)
    {
        if (image is null && newBase is null) return null;
        var merged = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var (key, value) in newBase ?? new Dictionary<string, T>(StringComparer.Ordinal)) merged[key] = value;
        foreach (var (key, value) in image ?? new Dictionary<string, T>(StringComparer.Ordinal))
            if (oldBase is null || !oldBase.TryGetValue(key, out var before) || !Equals(before, value)) merged[key] = value;
        return merged.Count == 0 ? null : merged;
    }

    /// <summary>The image's own steps: what follows the base's history, or, where that was rewritten, the base's last layer.</summary>
    private static IEnumerable<HistoryEntry> Own(ImageConfig image, ImageConfig oldBase)
    {
        var all = image.History ?? [];
        var below = oldBase.History ?? [];
        if (all.Count >= below.Count && all.Take(below.Count).SequenceEqual(below)) return all.Skip(below.Count);
        var layers = 0;
        return all.SkipWhile(h => layers < oldBase.RootFs.DiffIds.Count && (h.EmptyLayer || layers++ < oldBase.RootFs.DiffIds.Count));
    }
}
