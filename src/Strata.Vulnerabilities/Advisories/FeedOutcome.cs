namespace Strata.Vulnerabilities.Advisories;

/// <summary>What became of one of several sources: an update, or a fault in one sentence.</summary>
/// <param name="From">As it was asked for, without credentials.</param>
/// <param name="Update">Null when it failed: then the database has of it what it had.</param>
/// <param name="Fault">Null when it did not.</param>
public sealed record FeedOutcome(string From, AdvisoryUpdate? Update, string? Fault);
