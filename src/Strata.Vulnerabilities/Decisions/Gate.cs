using Strata.Vulnerabilities.Matching;

namespace Strata.Vulnerabilities.Decisions;

/// <summary>What a scan must not have. Without any of it, every scan passes.</summary>
public sealed record Gate
{
    /// <summary>Nothing that is at least so severe.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Nothing that attackers are known to use.</summary>
    public bool Exploited { get; init; }

    /// <summary>Nothing that could be fixed and was published longer ago.</summary>
    public TimeSpan? FixableFor { get; init; }

    /// <summary>No data that is older.</summary>
    public TimeSpan? DataAge { get; init; }

    private bool IsAsked => Severity is not null || Exploited || FixableFor is not null || DataAge is not null;

    /// <summary>A sentence for each condition that is not met.</summary>
    public IReadOnlyList<string> Faults(ScanResult result, IReadOnlyList<Finding> findings, DateTimeOffset now)
    {
        if (!IsAsked) return [];
        // Without data nobody can say that it is met.
        if (result.State is not ScanState.Scanned) return ["what was asked for cannot be answered without data"];
        var faults = new List<string>();
        void Add(int count, string words)
        {
            if (count > 0) faults.Add($"{count} {words}");
        }

        if (Severity is { } least) Add(findings.Count(f => f.Severity >= least), $"of severity {least.ToString().ToLowerInvariant()} or higher");
        if (Exploited) Add(findings.Count(f => f.ExploitedSince is not null), "known to be exploited");
        if (FixableFor is { } time) Add(findings.Count(f => f.FixedVersion is not null && now - (f.Published ?? f.Modified) > time), $"that could be fixed for more than {time.Days} days");
        if (DataAge is { } most && result.Age > most) faults.Add($"the advisory data is {result.Age.Value.Days} days old, and may be {most.Days}");
        return faults;
    }
}
