using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Cli.Completion;
using Strata.Cli.Rendering;
using Strata.Images;
using Strata.Oci;

namespace Strata.Cli.Commands;

internal static class ImagesCommand
{
    private const string None = "<none>";

    public static Command Create()
    {
        var filter = new Argument<string?>("REPOSITORY") { Description = "Only this repository, or this name", Arity = ArgumentArity.ZeroOrOne }.OfImages();
        var noTruncation = new Option<bool>("--no-trunc") { Description = "Show IDs whole" };
        var digests = new Option<bool>("--digests") { Description = "Show digests" };
        var all = new Option<bool>("--all", "-a") { Description = "Accepted for docker's sake: there are no hidden images" };
        var command = new Command("images", "List the images of the store") { filter, noTruncation, digests, all };
        return command.Does((parsed, session) =>
        {
            var rows = session.Images.List().Where(i => Matches(i, parsed.GetValue(filter))).ToArray();
            var (whole, withDigest) = (parsed.GetValue(noTruncation), parsed.GetValue(digests));
            var now = session.Clock.GetUtcNow();
            session.Output.List(rows, i => ToJson(i, whole, now), r => ToTable(r, whole, withDigest, now), i => Id(i, whole));
            return ExitCode.Done;
        });
    }

    private static bool Matches(ImageSummary image, string? filter)
    {
        if (filter is null) return true;
        if (image.Name is null || !Reference.TryParse(filter, out var wanted)) return false;
        var hasTag = filter.LastIndexOf(':') > filter.LastIndexOf('/');
        return image.Name.Name == wanted.Name && (!hasTag || image.Name.Tag == wanted.Tag);
    }

    private static string Id(ImageSummary image, bool whole) => whole ? image.Id.ToString() : image.Id.Short;

    private static JsonObject ToJson(ImageSummary image, bool whole, DateTimeOffset now) => new()
    {
        ["Repository"] = image.Name?.FamiliarName ?? None,
        ["Tag"] = image.Name?.Tag ?? None,
        ["Digest"] = image.Digest.ToString(),
        ["ID"] = Id(image, whole),
        ["CreatedAt"] = image.Created?.ToString("yyyy-MM-dd HH:mm:ss zz00 'UTC'", System.Globalization.CultureInfo.InvariantCulture),
        ["CreatedSince"] = Ages.Ago(image.Created, now),
        ["Size"] = Sizes.Text(image.UnpackedSize ?? image.CompressedSize),
        ["SizeBytes"] = image.UnpackedSize,
        ["CompressedSizeBytes"] = image.CompressedSize,
        ["Platform"] = image.Platform.ToString(),
        ["Platforms"] = new JsonArray([.. image.Platforms.Select(p => (JsonNode)p.ToString())]),
        ["Layers"] = image.LayerCount,
    };

    private static TextTable ToTable(IReadOnlyCollection<ImageSummary> images, bool whole, bool withDigest, DateTimeOffset now)
    {
        string[] headers = ["REPOSITORY", "TAG", .. withDigest ? (string[])["DIGEST"] : [], "IMAGE ID", "CREATED", "SIZE"];
        var table = new TextTable(headers);
        foreach (var i in images)
        {
            table.Add([
                i.Name?.FamiliarName ?? None,
                i.Name?.Tag ?? None,
                .. withDigest ? (string[])[i.Digest.ToString()] : [],
                Id(i, whole),
                Ages.Ago(i.Created, now),
                Sizes.Text(i.UnpackedSize ?? i.CompressedSize)]);
        }
        return table;
    }
}
