using System.Globalization;
using Strata.Oci;
using Strata.Packages.Distributions;

namespace Strata.Packages.Formats.Spdx;

/// <summary>Sentences for what SPDX has no member for, which people can read and <see cref="SpdxReader"/> can, too.</summary>
internal static class Notes
{
    private const string Found = "found in ";
    private const string Also = "; also in ";
    private const string Layer = "; layer ";
    private const string By = "; by ";
    private const string Source = "built from ";
    private const string Base = "distribution ";
    private const string MadeFrom = "made from ";

    public static string Of(Package package)
    {
        var text = Found + string.Join(Also, package.AlsoAt.Prepend(package.Location));
        if (package.IntroducedBy is not { } origin) return text;
        text += string.Create(CultureInfo.InvariantCulture, $"{Layer}{origin.Layer} {origin.DiffId}");
        return origin.Instruction is { } instruction ? text + By + instruction : text;
    }

    /// <returns>The places, none where the text says something else; and the layer.</returns>
    public static (string[] Locations, LayerOrigin? Origin) Read(string text)
    {
        if (!text.StartsWith(Found, StringComparison.Ordinal)) return ([], null);
        var layer = text.IndexOf(Layer, StringComparison.Ordinal);
        var locations = text[Found.Length..(layer < 0 ? text.Length : layer)].Split(Also);
        if (layer < 0) return (locations, null);
        var rest = text[(layer + Layer.Length)..];
        var by = rest.IndexOf(By, StringComparison.Ordinal);
        var words = (by < 0 ? rest : rest[..by]).Split(' ');
        if (words.Length != 2 || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || !Digest.TryParse(words[1], provider: null, out var diffId)) return (locations, null);
        return (locations, new LayerOrigin { Layer = index, DiffId = diffId, Instruction = by < 0 ? null : rest[(by + By.Length)..] });
    }

    public static string? OfSource(Package package) => package.SourceName is null ? null : $"{Source}{package.SourceName} {package.SourceVersion}".TrimEnd();

    public static (string? Name, string? Version) ReadSource(string? text)
    {
        if (text is null || !text.StartsWith(Source, StringComparison.Ordinal)) return (null, null);
        var words = text[Source.Length..].Split(' ');
        return (words[0], words.Length > 1 ? words[1] : null);
    }

    public static string? Of(Distribution? distribution) => distribution is null ? null
        : Base + string.Join(" | ", distribution.Id, distribution.VersionId, distribution.Codename, distribution.PrettyName);

    public static Distribution? ReadDistribution(string? text)
    {
        if (text is null || !text.StartsWith(Base, StringComparison.Ordinal)) return null;
        var words = text[Base.Length..].Split(" | ", 4);
        string? At(int i) => i < words.Length && words[i].Length > 0 ? words[i] : null;
        return At(0) is { } id ? new Distribution { Id = id, VersionId = At(1), Codename = At(2), PrettyName = At(3) } : null;
    }

    /// <summary>The name of an image has no bar in it.</summary>
    public static string? Of(BaseImage? madeFrom) => madeFrom is null ? null
        : MadeFrom + string.Join(" | ", madeFrom.Name, madeFrom.Digest?.ToString(), madeFrom.Layers?.ToString(CultureInfo.InvariantCulture));

    public static BaseImage? ReadBase(string? text)
    {
        if (text is null || !text.StartsWith(MadeFrom, StringComparison.Ordinal)) return null;
        var words = text[MadeFrom.Length..].Split(" | ");
        return words.Length != 3 || words[0].Length == 0 ? null : new BaseImage
        {
            Name = words[0],
            Digest = Digest.TryParse(words[1], provider: null, out var digest) ? digest : null,
            Layers = int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var layers) ? layers : null,
        };
    }
}
