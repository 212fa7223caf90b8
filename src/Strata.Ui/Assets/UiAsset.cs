namespace Strata.Ui.Assets;

/// <summary>One file that pages load.</summary>
public sealed record UiAsset(string Name, string ContentType, byte[] Content);
