using Strata.Vulnerabilities.Feeds;

namespace Strata.Vulnerabilities.Advisories;

/// <summary>A source that an update was asked for.</summary>
/// <param name="From">As it was asked for, without credentials.</param>
/// <param name="Feed">Null when there is nothing to read: it failed, or is what is known already.</param>
/// <param name="Mark">By which its server knows it again.</param>
/// <param name="Fault">Why it cannot be read.</param>
internal sealed record OpenedFeed(string From, Feed? Feed, string? Mark = null, string? Fault = null)
{
    public bool IsUnchanged => Feed is null && Fault is null;
}
