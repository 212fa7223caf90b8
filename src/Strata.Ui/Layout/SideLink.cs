namespace Strata.Ui.Layout;

/// <summary>One entry of the side navigation.</summary>
public sealed record SideLink(string Text, string Href, string Icon, bool Current);
