using Strata.Vulnerabilities.Matching;
using Strata.Vulnerabilities.Support;

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

    /// <summary>No release of a distribution that gets no security updates any more.</summary>
    public bool Supported { get; init; }

    /// <summary>No image whose processes are root's.</summary>
    public bool NotRoot { get; init; }

    private bool AsksData => Severity is not null || Exploited || FixableFor is not null || DataAge is not null;

    /// <summary>A sentence for each condition that is not met.</summary>
    /// <param name="result">The scan.</param>
    /// <param name="findings">Those of it that count.</param>
    /// <param name="user">Whose the processes are, as the image's configuration has it; empty where it says nothing.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<string> Faults(ScanResult result, IReadOnlyList<Finding> findings, string user, DateTimeOffset now)
    {
        var faults = new List<string>();
        if (NotRoot && IsRoot(user)) faults.Add(user.Length == 0 ? "its processes are root's: it names no user" : $"its processes are root's: its user is {user}");
        if (Supported && SupportEnds.WhyEnded(result.Distribution, now) is { } why) faults.Add(why);
        // Without data nobody can say that it is met.
        if (AsksData && result.State is not ScanState.Scanned) faults.Add("what was asked for cannot be answered without data");
        else if (AsksData) Compare(faults, result, findings, now);
        return faults;
    }

    /// <summary>By name or number, whatever the group.</summary>
    private static bool IsRoot(string user) => user.Split(':')[0] is "" or "root" or "0";

    private void Compare(List<string> faults, ScanResult result, IReadOnlyList<Finding> findings, DateTimeOffset now)
    {
        void Add(int count, string words)
        {
            if (count > 0) faults.Add($"{count} {words}");
        }

        if (Severity is { } least) Add(findings.Count(f => f.Severity >= least), $"of severity {least.ToString().ToLowerInvariant()} or higher");
        if (Exploited) Add(findings.Count(f => f.ExploitedSince is not null), "known to be exploited");
        if (FixableFor is { } time) Add(findings.Count(f => f.FixedVersion is not null && now - (f.Published ?? f.Modified) > time), $"that could be fixed for more than {time.Days} days");
        if (DataAge is { } most && result.Age > most) faults.Add($"the advisory data is {result.Age.Value.Days} days old, and may be {most.Days}");
    }
}
