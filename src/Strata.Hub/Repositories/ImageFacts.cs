namespace Strata.Hub;

/// <summary>What a tag's manifest says about the image: size, platforms, and the labels that describe it.</summary>
internal sealed record ImageFacts(long Size, IReadOnlyList<string> Platforms, IReadOnlyDictionary<string, string> Labels)
{
    public const string LabelPrefix = "org.opencontainers.image.";

    public static ImageFacts None { get; } = new(0, [], new Dictionary<string, string>(StringComparer.Ordinal));

    public string? Label(string name) => Labels.GetValueOrDefault(LabelPrefix + name);
}
