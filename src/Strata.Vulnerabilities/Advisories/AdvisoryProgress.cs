namespace Strata.Vulnerabilities.Advisories;

/// <summary>How far an update is.</summary>
/// <param name="File">What is read now.</param>
/// <param name="Records">Valid records so far.</param>
/// <param name="Bytes">Bytes read from the source so far.</param>
/// <param name="TotalBytes">How many there are; null when the source does not say.</param>
public sealed record AdvisoryProgress(string File, long Records, long Bytes, long? TotalBytes);
