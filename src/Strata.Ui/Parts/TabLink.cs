namespace Strata.Ui.Parts;

/// <summary>One tab: a link to its own address.</summary>
/// <param name="Count">Shown beside the text; null for none.</param>
public sealed record TabLink(string Key, string Text, string Href, string? Count = null);
