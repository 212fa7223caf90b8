namespace Strata.Vulnerabilities.Feeds;

/// <summary>What a server sent.</summary>
/// <param name="Mark">By which it knows the file again: its tag or date; null where it says none.</param>
/// <param name="IsUnchanged">It is what is known already, and nothing was sent.</param>
internal readonly record struct DownloadedFile(string? Mark, bool IsUnchanged);
