namespace Strata.Ui.Assets;

/// <summary>One file that pages load: its bytes, and an address that changes when they do.</summary>
public sealed record UiAsset(string Name, string ContentType, string Hash, byte[] Content)
{
    public string Url => $"/assets/{Name}?v={Hash}";
}
