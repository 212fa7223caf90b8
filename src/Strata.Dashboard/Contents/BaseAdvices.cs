using Strata.Dashboard.Faults;
using Strata.Images;
using Strata.Oci;
using Strata.Registry.Client;
using Strata.Vulnerabilities;
using Strata.Vulnerabilities.Matching;

namespace Strata.Dashboard.Contents;

/// <summary>Looks for what could be an image's base instead; asks the base's registry, and does not wait long.</summary>
internal sealed class BaseAdvices(LocalImages images, ImageContents contents, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>Null where the base is not known by name.</returns>
    public async Task<BaseAdvice?> FindAsync(ImageDetails image, CancellationToken cancellationToken)
    {
        if (contents.FindBase(image) is not { Reference: { } name } found) return null;
        var (alternatives, fault) = await FindAsync(found, image, cancellationToken);
        var here = found is { Digest: not null, Layers: not null };
        var now = new BaseRow(Kind: null, name, found.CompressedSizeIn(image), here, here ? await CountAsync(found.Digest!.Value, cancellationToken) : null, found.Instruction!);
        var others = new List<BaseRow>();
        foreach (var a in alternatives)
            others.Add(new BaseRow(a.Kind, a.Name, a.CompressedSize, a.IsHere, a.IsHere ? await CountAsync(a.Digest, cancellationToken) : null, a.Instruction));
        return new BaseAdvice(now, others, found.RebaseCommand(image.Names.Count > 0 ? image.Names[0].Familiar : image.Id.ToString(), alternatives), fault);
    }

    private async Task<(IReadOnlyList<BaseAlternative> Found, FaultText? Fault)> FindAsync(ImageBase found, ImageDetails image, CancellationToken cancellationToken)
    {
        using var hurry = new CancellationTokenSource(Patience, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(hurry.Token, cancellationToken);
        FaultText fault;
        try
        {
            return (await images.FindAlternativesAsync(found, image, askRegistry: true, stop.Token), null);
        }
        catch (RegistryException e)
        {
            fault = FaultText.Of(e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            fault = new FaultText($"{found.Reference!.Registry} did not answer in time.", "Reload the page to ask again.", Unexpected: false);
        }
        return (await images.FindAlternativesAsync(found, image, askRegistry: false, cancellationToken), fault);
    }

    /// <summary>Null where there is no data to compare with, or the layers are still being read: nothing found would look like nothing there.</summary>
    private async Task<IReadOnlyDictionary<Severity, int>?> CountAsync(Digest manifest, CancellationToken cancellationToken)
    {
        if (await contents.PackagesAsync(contents.Find(manifest), cancellationToken) is not { } packages) return null;
        var result = contents.Scan(packages, cancellationToken);
        return result.State == ScanState.Scanned ? result.Counts : null;
    }
}
