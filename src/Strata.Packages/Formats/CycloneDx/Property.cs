namespace Strata.Packages.Formats.CycloneDx;

/// <summary>What a component says that the format has no member for.</summary>
internal static class Property
{
    public const string Type = "strata:type";
    public const string Architecture = "strata:architecture";
    public const string Source = "strata:source:name";
    public const string SourceVersion = "strata:source:version";
    public const string Location = "strata:location";
    public const string Layer = "strata:layer:index";
    public const string LayerDiffId = "strata:layer:diffID";
    public const string Instruction = "strata:layer:instruction";
    public const string Codename = "strata:codename";
    public const string FromBase = "strata:fromBase";
    public const string BaseName = "strata:base:name";
    public const string BaseDigest = "strata:base:digest";
    public const string BaseLayers = "strata:base:layers";
}
