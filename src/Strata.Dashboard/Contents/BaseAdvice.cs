using Strata.Dashboard.Faults;
using Strata.Images;
using Strata.Oci;
using Strata.Vulnerabilities;

namespace Strata.Dashboard.Contents;

/// <summary>The base of an image, and what could be in its place: what <c>strata advice</c> says.</summary>
/// <param name="Now">The base that it has.</param>
/// <param name="Others">The alternatives.</param>
/// <param name="Rebase">The command that puts the image onto the same tag's newer base without a build; null where that cannot be.</param>
/// <param name="Fault">Why the registry was not asked, or gave no answer: then only the store was looked into.</param>
public sealed record BaseAdvice(BaseRow Now, IReadOnlyList<BaseRow> Others, string? Rebase, FaultText? Fault);

/// <summary>One base.</summary>
/// <param name="Kind">Null for the one that it is now.</param>
/// <param name="Name">With its tag.</param>
/// <param name="Size">Compressed bytes, where they are known.</param>
/// <param name="IsHere">It is in the store.</param>
/// <param name="Counts">Vulnerabilities by severity; null where it is not here, or there is no data.</param>
/// <param name="Instruction">The line of a Dockerfile that builds on it.</param>
public sealed record BaseRow(AlternativeKind? Kind, Reference Name, long? Size, bool IsHere, IReadOnlyDictionary<Severity, int>? Counts, string Instruction);
