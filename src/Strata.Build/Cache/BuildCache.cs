using System.Text.Json;
using Strata.Content;

namespace Strata.Build.Cache;

/// <summary>
/// Results of steps by what decides them, as files below the store's <c>builds/cache</c>. Any of them may be deleted at any time. Safe under many
/// processes.
/// </summary>
internal sealed class BuildCache(ContentStore store, TimeProvider clock)
{
    private readonly string _records = Path.Combine(store.Root, "builds", "cache", "records");
    private readonly string _places = Path.Combine(store.Root, "builds", "cache", "places");

    /// <summary>Null when nothing is known, or its layer is gone.</summary>
    public CacheRecord? Find(string key)
    {
        var record = Read(key, withInputs: false);
        if (record is null || !store.Contains(record.Layer.Digest)) return null;
        Touch(Path.Combine(_records, key));
        return record;
    }

    /// <param name="place">Where the step stands: the same in the next build of the same Dockerfile.</param>
    public void Keep(string key, string place, CacheRecord record)
    {
        Keep(key, record);
        Directory.CreateDirectory(_places);
        Replace(Path.Combine(_places, place), System.Text.Encoding.ASCII.GetBytes(key));
    }

    /// <summary>What another one made is known here from now on.</summary>
    public void KeepIfNew(string key, string place, CacheRecord record)
    {
        if (!File.Exists(Path.Combine(_records, key))) Keep(key, place, record);
    }

    /// <summary>What no place in a Dockerfile has made.</summary>
    public void Keep(string key, CacheRecord record)
    {
        Directory.CreateDirectory(_records);
        if (record.Inputs is not null) Replace(Path.Combine(_records, key + ".inputs"), JsonSerializer.SerializeToUtf8Bytes(record, BuildJson.Default.CacheRecord));
        Replace(Path.Combine(_records, key), JsonSerializer.SerializeToUtf8Bytes(record with { Inputs = null }, BuildJson.Default.CacheRecord));
    }

    /// <summary>Why a step was not found, as far as the last build of the same place can tell.</summary>
    public string Reason(string place, string key, string parent, string instruction, IReadOnlyDictionary<string, string>? inputs)
    {
        var path = Path.Combine(_places, place);
        if (!File.Exists(path)) return "it was not built before";
        var before = File.ReadAllText(path);
        if (Read(before, withInputs: true) is not { } record) return "what it made before was removed";
        if (before == key) return "the layer it made before was removed";
        if (record.Instruction != instruction) return $"the instruction was {Shortened(record.Instruction)}";
        if (Changes(record.Inputs, inputs) is { } changes) return changes;
        return record.Parent != parent ? "a step before it changed" : "what it depends on changed";
    }

    /// <summary>The layers that steps made, for who removes what nobody needs.</summary>
    public IEnumerable<(string Key, CacheRecord Record, DateTime LastUsed)> All()
    {
        if (!Directory.Exists(_records)) yield break;
        foreach (var file in new DirectoryInfo(_records).EnumerateFiles())
            if (!file.Name.Contains('.', StringComparison.Ordinal) && Read(file.Name, withInputs: false) is { } record) yield return (file.Name, record, file.LastWriteTimeUtc);
    }

    public void Remove(string key)
    {
        File.Delete(Path.Combine(_records, key));
        File.Delete(Path.Combine(_records, key + ".inputs"));
    }

    private CacheRecord? Read(string key, bool withInputs)
    {
        try
        {
            var path = Path.Combine(_records, key);
            if (withInputs && File.Exists(path + ".inputs")) path += ".inputs";
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), BuildJson.Default.CacheRecord);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            // A record that cannot be read is as good as none: the step is done again.
            return null;
        }
    }

    private static string? Changes(IReadOnlyDictionary<string, string>? before, IReadOnlyDictionary<string, string>? now)
    {
        if (before is null || now is null) return null;
        var changes = now.Where(n => !before.TryGetValue(n.Key, out var was) || was != n.Value).Select(n => $"{n.Key} {(before.ContainsKey(n.Key) ? "changed" : "is new")}")
            .Concat(before.Keys.Where(k => !now.ContainsKey(k)).Select(k => $"{k} is gone")).Order(StringComparer.Ordinal).ToArray();
        return changes.Length switch
        {
            0 => null,
            <= 3 => string.Join(", ", changes),
            var n => $"{string.Join(", ", changes.Take(2))} and {n - 2} more",
        };
    }

    private static string Shortened(string text)
    {
        var line = text.Trim().ReplaceLineEndings(" ");
        return line.Length > 80 ? line[..80] + "..." : line;
    }

    private void Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Removed meanwhile: what was read of it holds all the same.
        }
    }

    /// <summary>Whole or not there; that it survives a power cut is not needed.</summary>
    private static void Replace(string path, byte[] content)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}";
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }
}
