using Strata.Build;
using Strata.Images;
using Strata.Images.Transports;

namespace Strata.Cli.Commands;

/// <summary>Where a result goes besides the store: <c>type=local,dest=DIR</c> and its kind.</summary>
/// <param name="Type">One of those that buildx has.</param>
/// <param name="Target">A folder or a file; null for the store and for registries.</param>
/// <param name="Name">One more name for the image; null for none.</param>
internal sealed record BuildOutputs(string Type, string? Target, string? Name)
{
    private static readonly string[] Types = ["image", "registry", "oci", "docker", "local", "tar"];

    public static IReadOnlyList<BuildOutputs> Parse(string[] texts) => [.. texts.Select(Parse)];

    public async Task WriteAsync(Session session, BuildOptions options, BuiltImage image, CancellationToken cancellationToken)
    {
        switch (Type)
        {
            case "local":
                await session.Builder.ExportFolderAsync(image, Path.GetFullPath(Target!), cancellationToken).ConfigureAwait(false);
                break;
            case "tar":
                var file = Target is "-" ? Console.OpenStandardOutput() : File.Create(Target!);
                await using (file.ConfigureAwait(false)) await session.Builder.ExportTarAsync(image, file, cancellationToken).ConfigureAwait(false);
                break;
            case "oci" or "docker":
                var name = image.Names.Count > 0 ? image.Names[0].ToString() : image.Id.ToString();
                await session.Images.CopyAsync(ImageLocation.Parse(name), ImageLocation.Parse($"{(Type == "oci" ? "oci-archive" : "docker-archive")}:{Target}"), new CopyOptions(), progress: null, cancellationToken).ConfigureAwait(false);
                break;
            case "registry":
                foreach (var pushed in options.Names) await session.Images.PushAsync(pushed, progress: null, cancellationToken).ConfigureAwait(false);
                break;
            default:
                break;
        }
    }

    private static BuildOutputs Parse(string text)
    {
        if (text == "-") return new BuildOutputs("tar", "-", null);
        if (!text.Contains('=', StringComparison.Ordinal)) return new BuildOutputs("local", text, null);
        string? type = null, target = null, name = null;
        var isPush = false;
        foreach (var field in text.Split(','))
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = equals < 0 ? (field, "true") : (field[..equals], field[(equals + 1)..]);
            if (key == "type") type = value;
            else if (key is "dest" or "destination") target = value;
            else if (key == "name") name = value;
            else if (key == "push") isPush = value == "true";
        }
        if (type is null || !Types.Contains(type, StringComparer.Ordinal)) throw new UsageException($"--output '{text}' has an unknown type", $"the types are {string.Join(", ", Types)}");
        if (target is null && type is "local" or "tar" or "oci") throw new UsageException($"--output '{text}' has no dest", $"write type={type},dest=PATH");
        return new BuildOutputs(isPush ? "registry" : type == "docker" && target is null ? "image" : type, target, name);
    }
}
