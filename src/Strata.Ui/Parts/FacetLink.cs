namespace Strata.Ui.Parts;

/// <summary>One way to narrow a list: a link, since a filter belongs to the address.</summary>
/// <param name="Text">What is chosen.</param>
/// <param name="Count">How much there would be; null where that is no question.</param>
/// <param name="Href">The list, narrowed.</param>
/// <param name="IsCurrent">True for the one in force.</param>
public sealed record FacetLink(string Text, int? Count, string Href, bool IsCurrent);
