using System.Text.Json;
using System.Text.RegularExpressions;
using Strata.Containers.Records;
using Strata.Content;

namespace Strata.Containers.Volumes;

/// <summary>The volumes of a store: folders that outlive containers. Safe under many processes.</summary>
/// <param name="root">The store's root folder.</param>
public sealed partial class ContainerVolumes(string root, TimeProvider clock)
{
    private string Folder => Path.Combine(root, "volumes");

    /// <summary>By name.</summary>
    public IReadOnlyList<VolumeDefinition> List() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateDirectories(Folder).Select(d => TryRead(Path.GetFileName(d))).OfType<VolumeDefinition>().OrderBy(v => v.Name, StringComparer.Ordinal)]
        : [];

    /// <exception cref="ContainerException">There is none.</exception>
    public VolumeDefinition Find(string name) => TryFind(name) ?? throw new ContainerException($"get {name}: no such volume", "`strata volume ls` shows those that there are");

    public VolumeDefinition? TryFind(string name) => NamePattern().IsMatch(name) ? TryRead(name) : null;

    /// <summary>Where its content is.</summary>
    public string PathOf(VolumeDefinition volume) => BindOf(volume.Options) ?? Path.Combine(Folder, volume.Name, "_data");

    /// <summary>Makes a volume; one that is there under the name is as good.</summary>
    /// <exception cref="ContainerException">The name or an option cannot be.</exception>
    public VolumeDefinition Create(VolumeOptions options)
    {
        var name = options.Name ?? ContainerNames.NewId();
        CheckName(name);
        if (options.Driver != "local") throw new ContainerException($"create {name}: error looking up volume plugin {options.Driver}: plugin \"{options.Driver}\" not found", "the driver here is local");
        if (options.Options.Count > 0) CheckOptions(name, options.Options);
        using var held = Lock();
        if (TryRead(name) is { } there) return there;
        var labels = new SortedDictionary<string, string>(options.Labels.ToDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal), StringComparer.Ordinal);
        if (options.Name is null) labels[VolumeDefinition.AnonymousLabel] = "";
        var volume = new VolumeDefinition { Name = name, Created = clock.GetUtcNow(), Labels = labels, Options = options.Options };
        Directory.CreateDirectory(Path.Combine(Folder, name, "_data"));
        // With this it is there; a folder without is what a kill left.
        DurableFile.Write(FileOf(name), JsonSerializer.SerializeToUtf8Bytes(volume, VolumeJson.Default.VolumeDefinition));
        return volume;
    }

    /// <param name="users">The containers that have a volume, running or not, by their IDs.</param>
    /// <exception cref="ContainerException">There is none, or a container has it.</exception>
    public void Remove(string name, Func<string, IReadOnlyList<string>> users)
    {
        using var held = Lock();
        var volume = Find(name);
        if (users(volume.Name) is { Count: > 0 } ids) throw new ContainerException($"remove {name}: volume is in use - [{string.Join(", ", ids)}]", $"remove {(ids.Count == 1 ? "that container" : "those containers")} first: strata rm {string.Join(' ', ids.Select(i => i[..12]))}");
        RemoveHeld(volume);
    }

    /// <summary>Removes volumes that no container has.</summary>
    /// <returns>Those that went, with the bytes that came free.</returns>
    public (IReadOnlyList<VolumeDefinition> Removed, long FreedBytes) Prune(Func<VolumeDefinition, bool> which, Func<string, IReadOnlyList<string>> users)
    {
        using var held = Lock();
        var removed = List().Where(v => which(v) && users(v.Name).Count == 0).ToArray();
        long freed = 0;
        foreach (var volume in removed)
        {
            freed += Size(volume);
            RemoveHeld(volume);
        }
        return (removed, freed);
    }

    /// <summary>Bytes of its files.</summary>
    public long Size(VolumeDefinition volume) => FolderSize.Of(PathOf(volume));

    private void RemoveHeld(VolumeDefinition volume)
    {
        // First it is no volume any more: a kill in the midst leaves a folder that the next of the name takes over empty.
        File.Delete(FileOf(volume.Name));
        Directory.Delete(Path.Combine(Folder, volume.Name), recursive: true);
    }

    private static void CheckName(string name)
    {
        if (name.Length == 1) throw new ContainerException($"create {name}: volume name is too short, names should be at least two alphanumeric characters");
        if (!NamePattern().IsMatch(name))
        {
            throw new ContainerException($"create {name}: \"{name}\" includes invalid characters for a local volume name, only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. "
                + "If you intended to pass a host directory, use absolute path");
        }
    }

    private static void CheckOptions(string name, IReadOnlyDictionary<string, string> options)
    {
        if (options.Keys.FirstOrDefault(k => k is not ("type" or "o" or "device")) is { } unknown) throw new ContainerException($"create {name}: invalid option: \"{unknown}\"");
        if (BindOf(options) is null) throw new ContainerException($"create {name}: a volume of another file system cannot be made here", "mount it on the host, and name it: -o type=none -o o=bind -o device=/PATH");
        if (!Directory.Exists(options["device"])) throw new ContainerException($"create {name}: {options["device"]}: no such file or directory");
    }

    private static string? BindOf(IReadOnlyDictionary<string, string> options) =>
        options.TryGetValue("device", out var device) && device.StartsWith('/') && options.TryGetValue("o", out var o) && o.Split(',').Any(w => w is "bind" or "rbind") ? device : null;

    private FileLock Lock()
    {
        Directory.CreateDirectory(Folder);
        return FileLock.Exclusive(Path.Combine(Folder, ".lock"));
    }

    private VolumeDefinition? TryRead(string name)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(FileOf(name)), VolumeJson.Default.VolumeDefinition);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string FileOf(string name) => Path.Combine(Folder, name, "volume.json");

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9_.-]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
