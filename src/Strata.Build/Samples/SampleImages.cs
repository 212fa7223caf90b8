using System.Collections;
using Strata.Content;
using Strata.Images;
using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Build.Samples;

/// <summary>
/// Builds the sample images from their Dockerfiles and publishes them to a hub. They are built in a store of their own, so that they are not among the
/// user's images until the user pulls them.
/// </summary>
public sealed class SampleImages(ContentStore store, LocalImages images, RegistryClient registries, TimeProvider clock)
{
    private static readonly string[] Proxies = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"];

    /// <summary>Where the samples' own store is.</summary>
    public static string FolderIn(string root) => Path.Combine(root, "samples", "store");

    /// <exception cref="RegistryException">The hub cannot be reached.</exception>
    public async Task<bool> IsPublishedAsync(SampleImage sample, string hub, CancellationToken cancellationToken)
    {
        try
        {
            _ = await registries.GetManifestAsync(Name(sample, hub), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RegistryException e) when (e.IsNotFound)
        {
            return false;
        }
    }

    /// <summary>Builds the image, unless it was built before, and pushes it.</summary>
    /// <exception cref="ImageException">It cannot be made here; the message says why.</exception>
    /// <exception cref="RegistryException">The hub refuses it.</exception>
    public async Task PublishAsync(SampleImage sample, string hub, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            await MakeAsync(sample, hub, cancellationToken).ConfigureAwait(false);
        }
        catch (BuildException e)
        {
            throw new ImageException($"{sample} cannot be built: {e.Message}", e.Advice, e);
        }
        await images.PushAsync(Name(sample, hub), progress, cancellationToken).ConfigureAwait(false);
    }

    private async Task MakeAsync(SampleImage sample, string hub, CancellationToken cancellationToken)
    {
        var name = Name(sample, hub);
        // Made before, for whichever hub: the repository and tag say which it is.
        if (images.List().Select(i => i.Name).FirstOrDefault(n => n?.Repository == sample.Repository && n.Tag == sample.Tag) is { } made)
        {
            if (made != name) images.Tag(made.ToString(), name);
            return;
        }
        if (sample.Base is { } needed) await MakeAsync(needed, hub, cancellationToken).ConfigureAwait(false);
        using var context = await SampleContext.PrepareAsync(sample, Path.Combine(store.Root, "..", "work"), cancellationToken).ConfigureAwait(false);
        await new Builder(store, images, clock).BuildAsync(new BuildOptions
        {
            Context = context.Folder,
            Names = [name],
            Arguments = Arguments(sample, hub),
            Labels = Labels(sample, hub),
        }, progress: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The base by its name on this hub, and the ways of this machine into the network, which are no part of the image.</summary>
    private static Dictionary<string, string> Arguments(SampleImage sample, string hub)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        if (sample.Base is { } needed) arguments["BASE"] = Name(needed, hub).ToString();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            if (variable is { Key: string key, Value: string value } && Proxies.Contains(key.ToUpperInvariant(), StringComparer.Ordinal)) arguments[key] = value;
        return arguments;
    }

    private Dictionary<string, string> Labels(SampleImage sample, string hub) => sample.Base is not { } needed ? [] : new(StringComparer.Ordinal)
    {
        ["org.opencontainers.image.base.digest"] = images.Inspect(Name(needed, hub).ToString()).ManifestDescriptor.Digest.ToString(),
        ["org.opencontainers.image.base.name"] = needed.ToString(),
    };

    private static Reference Name(SampleImage sample, string hub) => Reference.Parse($"{hub}/{sample.Repository}:{sample.Tag}");
}
