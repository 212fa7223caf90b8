using System.Text.Json;

namespace Strata.Faults.Tests;

/// <summary>What a run left that was to be killed.</summary>
/// <param name="WasKilled">False when it had ended before.</param>
/// <param name="Changes">Changes seen in its root.</param>
/// <param name="Errors">Its stderr: JSON lines of progress.</param>
internal sealed record KilledRun(bool WasKilled, int Changes, string Errors)
{
    /// <summary>Bytes that it said had come.</summary>
    public long Arrived => Last(Errors, "done");

    /// <summary>Bytes of a finished run that were there before.</summary>
    public static long Reused(string errors) => Last(errors, "reused");

    private static long Last(string errors, string field)
    {
        // The last line may be cut in two by the kill.
        var line = errors.Split('\n').LastOrDefault(l => l.StartsWith('{') && l.EndsWith('}'));
        if (line is null) return 0;
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty(field).GetInt64();
    }
}
