using System.CommandLine;
using Strata.Cli.Rendering;
using Strata.Images;
using Strata.Oci;
using Strata.Registry.Client;
using Strata.Vulnerabilities.Matching;

namespace Strata.Cli.Commands;

internal static class AdviceCommand
{
    public static Command Create()
    {
        var image = Arguments.Image();
        var offline = new Option<bool>("--offline") { Description = "Look into the store alone, and ask no registry" };
        var pull = new Option<bool>("--pull") { Description = "Pull what is not here, so that its vulnerabilities can be compared" };
        var (from, platform) = (Arguments.BaseOption(), Arguments.PlatformOption());
        return new Command("advice", "Which base would serve an image better: fresher, newer or smaller, with the vulnerabilities of each") { image, offline, pull, from, platform }
            .Does(async (parsed, session, cancellationToken) =>
            {
                var (name, wanted) = (parsed.GetRequiredValue(image), Arguments.ToPlatform(parsed.GetValue(platform)));
                var details = session.Images.Inspect(name, wanted);
                var found = parsed.GetValue(from) is { } said ? session.Images.FindBase(details, said) : session.Images.FindBase(details);
                if (found?.Reference is null)
                    throw new CommandException($"the base of {name} is not known by name: no image of the store that has one has its first layers, and no annotation names one", "pull its base, or name it: --base REF");
                var ask = !parsed.GetValue(offline);
                var alternatives = await FindAsync(session, found, details, ask, cancellationToken).ConfigureAwait(false);
                if (parsed.GetValue(pull)) alternatives = await PullAsync(session, alternatives, details.Config.Platform, cancellationToken).ConfigureAwait(false);
                var advice = new Advice(name, found, await OfBaseAsync(session, found, details, cancellationToken).ConfigureAwait(false),
                    await OfAsync(session, alternatives, cancellationToken).ConfigureAwait(false), found.RebaseCommand(name, alternatives));
                session.Output.Object(AdviceView.ToJson(advice), asText: () => AdviceView.Write(session, advice));
                return ExitCode.Done;
            });
    }

    /// <summary>A registry that cannot be asked is told, and what is here is looked into.</summary>
    private static async Task<IReadOnlyList<BaseAlternative>> FindAsync(Session session, ImageBase found, ImageDetails image, bool ask, CancellationToken cancellationToken)
    {
        try
        {
            return await session.Images.FindAlternativesAsync(found, image, ask, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryException e) when (ask)
        {
            await Console.Error.WriteLineAsync($"strata: only the store was looked into: {e.Message}").ConfigureAwait(false);
            return await session.Images.FindAlternativesAsync(found, image, askRegistry: false, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<IReadOnlyList<BaseAlternative>> PullAsync(Session session, IReadOnlyList<BaseAlternative> alternatives, Platform platform, CancellationToken cancellationToken)
    {
        foreach (var missing in alternatives.Where(a => !a.IsHere))
        {
            await TransferDisplay.RunAsync(session, $"Pulling {missing.Name.Familiar}", progress =>
                session.Images.PullAsync(missing.Name, new PullOptions { Platform = platform }, progress, cancellationToken)).ConfigureAwait(false);
        }

        return [.. alternatives.Select(a => a with { IsHere = true })];
    }

    private static async Task<AdviceRow> OfBaseAsync(Session session, ImageBase found, ImageDetails image, CancellationToken cancellationToken)
    {
        var counts = found is { Digest: { } digest, Layers: not null } ? await CountAsync(session, digest, cancellationToken).ConfigureAwait(false) : null;
        return new AdviceRow(Kind: null, found.Reference!, found.Digest, found.CompressedSizeIn(image), counts, found.Instruction!);
    }

    private static async Task<IReadOnlyList<AdviceRow>> OfAsync(Session session, IReadOnlyList<BaseAlternative> alternatives, CancellationToken cancellationToken)
    {
        var rows = new List<AdviceRow>();
        foreach (var a in alternatives)
            rows.Add(new AdviceRow(a.Kind, a.Name, a.Digest, a.CompressedSize, a.IsHere ? await CountAsync(session, a.Digest, cancellationToken).ConfigureAwait(false) : null, a.Instruction));
        return rows;
    }

    /// <summary>Null where there is no data to compare with: nothing found would look like nothing there.</summary>
    private static async Task<IReadOnlyDictionary<Vulnerabilities.Severity, int>?> CountAsync(Session session, Digest manifest, CancellationToken cancellationToken)
    {
        var packages = await PackageSource.ReadAsync(session, manifest.ToString(), cancellationToken).ConfigureAwait(false);
        var result = session.Scanner.Scan(session.AdvisoryDatabase, packages, cancellationToken);
        return result.State == ScanState.Scanned ? result.Counts : null;
    }
}
