using System.Globalization;
using System.Text.Json;
using Strata.Content;

namespace Strata.Build;

/// <summary>
/// The builds of a store, as files below <c>ROOT/builds/history</c>: a folder each, with <c>record.json</c>, <c>log</c>, and a lock that is held while it
/// goes on. Safe to read while builds go on.
/// </summary>
public sealed class BuildHistory(string root)
{
    internal const string RecordFile = "record.json";
    internal const string LogFile = "log";
    internal const string LockFile = "lock";

    /// <summary>Older ones go.</summary>
    internal const int Kept = 100;

    internal string Folder => Path.Combine(root, "builds", "history");

    /// <summary>The newest first.</summary>
    public IReadOnlyList<BuildRecord> List() => !Directory.Exists(Folder) ? []
        : [.. Directory.EnumerateDirectories(Folder).Select(d => Find(Path.GetFileName(d))).OfType<BuildRecord>().OrderByDescending(r => r.Id, StringComparer.Ordinal)];

    /// <summary>Null when there is none, or no more.</summary>
    public BuildRecord? Find(string id)
    {
        if (id is "" or "." or ".." || id.Contains('\0', StringComparison.Ordinal) || id != Path.GetFileName(id)) return null;
        var folder = Path.Combine(Folder, id);
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, RecordFile)), HistoryJson.Default.BuildRecord);
            if (record is not { State: BuildState.Running }) return record;
            using var held = FileLock.TryExclusive(Path.Combine(folder, LockFile));
            return held is null ? record : record with { State = BuildState.Interrupted };
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null; // just beginning, or just going
        }
    }

    /// <summary>Bytes of the log so far: where one begins who wants its end only.</summary>
    public long LogLength(string id) => new FileInfo(LogPath(id)) is { Exists: true, Length: var length } ? length : 0;

    /// <summary>What the steps' programs wrote, as it came: from a place in the log on, so that who follows it asks for what is new.</summary>
    /// <param name="offset">Bytes of the log; 0 is its beginning.</param>
    /// <returns>Lines, and the offset behind them. Empty when there is nothing new.</returns>
    public (IReadOnlyList<BuildLogLine> Lines, long Next) ReadLog(string id, long offset)
    {
        var lines = new List<BuildLogLine>();
        var path = LogPath(id);
        if (!File.Exists(path)) return (lines, offset);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (offset > file.Length) offset = 0;
        file.Position = offset;
        using var content = new MemoryStream();
        file.CopyTo(content);
        var bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        // The last line may not be whole yet.
        for (int end; (end = bytes.IndexOf((byte)'\n')) >= 0; bytes = bytes[(end + 1)..])
        {
            var line = System.Text.Encoding.UTF8.GetString(bytes[..end]);
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab > 0 && int.TryParse(line.AsSpan(0, tab), NumberStyles.None, CultureInfo.InvariantCulture, out var step)) lines.Add(new BuildLogLine(step, line[(tab + 1)..]));
            offset += end + 1;
        }
        return (lines, offset);
    }

    private string LogPath(string id) => Path.Combine(Folder, Path.GetFileName(id), LogFile);
}

/// <summary>A line that a step's program wrote.</summary>
public sealed record BuildLogLine(int Step, string Text);
