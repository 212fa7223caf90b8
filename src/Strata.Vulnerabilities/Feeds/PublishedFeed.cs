namespace Strata.Vulnerabilities.Feeds;

/// <summary>Data that its publisher keeps at an address of its own.</summary>
/// <param name="Name">For people, to choose by: <c>debian</c>, <c>npm</c>, <c>kev</c>.</param>
/// <param name="Address">For <see cref="Advisories.AdvisoryUpdater"/>.</param>
public sealed record PublishedFeed(string Name, string Address);
