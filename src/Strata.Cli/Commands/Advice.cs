using Strata.Images;
using Strata.Oci;
using Strata.Vulnerabilities;

namespace Strata.Cli.Commands;

/// <summary>The base of an image, and what could be in its place.</summary>
/// <param name="Image">As it was named.</param>
/// <param name="Found">Its base.</param>
/// <param name="Now">The same as a row.</param>
/// <param name="Others">The alternatives.</param>
/// <param name="Rebase">The command that puts the image onto the same tag's newer base without a build; null where that cannot be.</param>
internal sealed record Advice(string Image, ImageBase Found, AdviceRow Now, IReadOnlyList<AdviceRow> Others, string? Rebase);

/// <summary>One base.</summary>
/// <param name="Kind">Null for the one that it is now.</param>
/// <param name="Name">With its tag.</param>
/// <param name="Digest">Of its manifest, where that is known.</param>
/// <param name="Size">Compressed bytes, where they are known.</param>
/// <param name="Counts">Vulnerabilities by severity; null where it is not here, or there is no data.</param>
/// <param name="From">The line of a Dockerfile that builds on it.</param>
internal sealed record AdviceRow(AlternativeKind? Kind, Reference Name, Digest? Digest, long? Size, IReadOnlyDictionary<Severity, int>? Counts, string From)
{
    public int? Total => Counts?.Values.Sum();
}
