using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Strata.Containers.Kernel;

namespace Strata.Containers.Events;

/// <summary>
/// What happened, a line each, in a file that all processes add to and that nobody locks: a line is written at once, at the end. When it is long, it
/// becomes the former one.
/// </summary>
internal sealed class EventLog(string path, TimeProvider clock)
{
    private const long MaxBytes = 4 * 1024 * 1024;
    private const int Append = 0x400 | 0x40;

    public string File => path;

    private string Former => path + ".1";

    public void Add(ContainerRecord record, string action, params ReadOnlySpan<(string Key, string Value)> more)
    {
        var attributes = new Dictionary<string, string>(record.Spec.Labels, StringComparer.Ordinal) { ["image"] = record.Image.Name, ["name"] = record.Name };
        foreach (var (key, value) in more) attributes[key] = value;
        Add(new ContainerEvent { Time = clock.GetUtcNow(), Action = action, Id = record.Id, Attributes = attributes });
    }

    public void Add(ContainerEvent happened)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(happened, EventJson.Default.ContainerEvent), (byte)'\n'];
        var descriptor = Libc.Open(path, Libc.WriteOnly | Append | Libc.CloseOnExec, 0x1A4);
        if (descriptor < 0) return; // what happened has happened; a full disk must not undo it
        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        _ = Libc.Write(descriptor, line, line.Length);
        if (RandomAccess.GetLength(file) > MaxBytes) System.IO.File.Move(path, Former, overwrite: true);
    }

    /// <summary>What has happened so far, in its order.</summary>
    public IEnumerable<ContainerEvent> Read()
    {
        foreach (var file in (string[])[Former, path])
        {
            if (!System.IO.File.Exists(file)) continue;
            foreach (var line in System.IO.File.ReadLines(file))
                if (TryParse(line) is { } found) yield return found;
        }
    }

    /// <summary>How a container ended the last time; null when it did not, or that is long ago.</summary>
    public int? ExitCodeOf(string id)
    {
        foreach (var file in (string[])[path, Former])
        {
            if (!System.IO.File.Exists(file)) continue;
            var bytes = System.IO.File.ReadAllBytes(file).AsSpan();
            var wanted = System.Text.Encoding.ASCII.GetBytes($"\"action\":\"die\",\"id\":\"{id}\"");
            var found = bytes.LastIndexOf(wanted);
            if (found < 0) continue;
            var begin = bytes[..found].LastIndexOf((byte)'\n') + 1;
            var end = bytes[found..].IndexOf((byte)'\n');
            if (end > 0 && TryParse(System.Text.Encoding.UTF8.GetString(bytes[begin..(found + end)]))?.Attributes.GetValueOrDefault("exitCode") is { } code)
                return int.Parse(code, System.Globalization.CultureInfo.InvariantCulture);
        }
        return null;
    }

    /// <summary>Null for a line that a power cut has torn.</summary>
    public static ContainerEvent? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, EventJson.Default.ContainerEvent);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
