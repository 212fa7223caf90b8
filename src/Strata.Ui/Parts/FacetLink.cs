namespace Strata.Ui.Parts;

/// <summary>One way to narrow a list: a link, since a filter belongs to the address.</summary>
public sealed record FacetLink(string Text, int Count, string Href, bool IsCurrent);
