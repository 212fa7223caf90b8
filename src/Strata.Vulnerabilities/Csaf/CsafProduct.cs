namespace Strata.Vulnerabilities.Csaf;

/// <summary>A product of a CSAF document, with what it is part of.</summary>
/// <param name="Id">As the document names it.</param>
/// <param name="Name">For people; and for packages, where nothing better says which.</param>
/// <param name="Purls">Package URLs of the component; none where it has none.</param>
/// <param name="Platform">The release of a distribution that it is meant in, as package URLs name it (<c>rhel-9</c>); null for any.</param>
/// <param name="Cpe">The platform's CPE; null where it has none.</param>
/// <param name="IsModular">It is, or is part of, a module of rpm packages.</param>
internal sealed record CsafProduct(string Id, string Name, IReadOnlyList<string> Purls, string? Platform, string? Cpe, bool IsModular);
