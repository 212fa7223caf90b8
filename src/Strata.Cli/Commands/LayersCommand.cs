using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;
using Strata.Images;

namespace Strata.Cli.Commands;

internal static class LayersCommand
{
    public static Command Create()
    {
        var image = Arguments.Image();
        var named = Arguments.BaseOption();
        var platform = Arguments.PlatformOption();
        return new Command("layers", "Show the layers of an image: what made each, and what it changes") { image, named, platform }.Does(async (parsed, session, cancellationToken) =>
        {
            var name = parsed.GetRequiredValue(image);
            var wanted = Arguments.ToPlatform(parsed.GetValue(platform));
            var details = session.Images.Inspect(name, wanted);
            if (details.Layers.Any(l => l.UnpackedSize is null))
            {
                // Somebody else's tool put the image here: its layers are read now.
                await session.Images.ObserveLayersAsync(details, cancellationToken).ConfigureAwait(false);
                details = session.Images.Inspect(name, wanted);
            }
            var found = parsed.GetValue(named) is { } baseName ? session.Images.FindBase(details, baseName) : session.Images.FindBase(details);
            BaseNote.Write(session, found);
            session.Output.List([.. details.Layers], l => ToJson(l, found), all => ToTable(all, found), l => l.Descriptor.Digest.ToString());
            return ExitCode.Done;
        });
    }

    private static JsonObject ToJson(LayerDetails layer, ImageBase? found) => new()
    {
        ["position"] = layer.Position,
        ["digest"] = layer.Descriptor.Digest.ToString(),
        ["diffID"] = layer.DiffId.ToString(),
        ["mediaType"] = layer.Descriptor.MediaType,
        ["size"] = layer.Descriptor.Size,
        ["unpackedSize"] = layer.UnpackedSize,
        ["created"] = layer.Created?.ToString("O", CultureInfo.InvariantCulture),
        ["createdBy"] = layer.CreatedBy,
        ["instruction"] = layer.Instruction,
        ["added"] = layer.Added,
        ["changed"] = layer.Changed,
        ["removed"] = layer.Removed,
        ["fromBase"] = found?.HasLayer(layer.Position),
        ["base"] = found?.Name,
    };

    private static TextTable ToTable(IReadOnlyCollection<LayerDetails> layers, ImageBase? found)
    {
        var hasBase = found?.Layers is not null;
        var table = new TextTable(["#", "DIGEST", "COMPRESSED", "UNPACKED", "ADDED", "CHANGED", "REMOVED", .. hasBase ? ["FROM"] : Array.Empty<string>(), "INSTRUCTION"])
        {
            Flexible = hasBase ? 8 : 7,
        };
        foreach (var l in layers)
        {
            string[] side = hasBase ? [PackagesCommand.Side(found!.HasLayer(l.Position))] : [];
            table.Add([Number(l.Position), l.Descriptor.Digest.Short, Sizes.Text(l.Descriptor.Size), Sizes.Text(l.UnpackedSize),
                Number(l.Added), Number(l.Changed), Number(l.Removed), .. side, l.Instruction.Length == 0 ? "(not in the history)" : l.Instruction]);
        }
        return table;
    }

    private static string Number(int? n) => n?.ToString(CultureInfo.InvariantCulture) ?? "?";
}
