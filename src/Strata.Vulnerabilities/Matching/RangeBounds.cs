using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Matching;

/// <summary>The events of a range that decided.</summary>
/// <param name="Introduced">The last introduction that is not after the version; at "0" is the beginning.</param>
/// <param name="End">The next event that ends it; null when none does.</param>
internal sealed record RangeBounds(OsvEvent Introduced, OsvEvent? End);
