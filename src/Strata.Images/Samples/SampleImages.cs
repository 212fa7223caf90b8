using Strata.Content;
using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images.Samples;

/// <summary>
/// Composes the sample images and publishes them to a hub. They are made once and kept in a store of their own, so that they are not among
/// the user's images until the user pulls them.
/// </summary>
public sealed class SampleImages(ContentStore store, LocalImages images, RegistryClient registries, TimeProvider clock)
{
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

    /// <summary>Makes the image, unless it was made before, and pushes it.</summary>
    /// <exception cref="ImageException">It cannot be made here; the message says why.</exception>
    /// <exception cref="RegistryException">The hub refuses it.</exception>
    public async Task PublishAsync(SampleImage sample, string hub, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        using (store.Lease())
        {
            var made = Find(sample) ?? await ComposeAsync(sample, cancellationToken).ConfigureAwait(false);
            ImageNames.Set(store, new NamedImage(Name(sample, hub), made, RegistryDigest: null));
        }
        await images.PushAsync(Name(sample, hub), progress, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Descriptor> ComposeAsync(SampleImage sample, CancellationToken cancellationToken)
    {
        var assembly = new ImageAssembly(store, clock);
        if (sample == SampleImage.Welcome) return await new WelcomeRecipe(assembly).ComposeAsync(cancellationToken).ConfigureAwait(false);
        var debian = new DebianRecipe(assembly, Path.Combine(store.Root, "..", "work"));
        if (sample == SampleImage.Debian) return await debian.ComposeAsync(cancellationToken).ConfigureAwait(false);
        var parent = Find(SampleImage.Debian) ?? await debian.ComposeAsync(cancellationToken).ConfigureAwait(false);
        return sample == SampleImage.Python
            ? await new PythonRecipe(assembly, debian).ComposeAsync(parent, cancellationToken).ConfigureAwait(false)
            : await new ServiceRecipe(assembly, debian, ServiceSample.Of(sample)).ComposeAsync(parent, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Made before, for whichever hub: the repository and tag say which it is.</summary>
    private Descriptor? Find(SampleImage sample) =>
        ImageNames.Read(store).FirstOrDefault(i => i.Name?.Repository == sample.Repository && i.Name.Tag == sample.Tag)?.Manifest;

    private static Reference Name(SampleImage sample, string hub) => Reference.Parse($"{hub}/{sample.Repository}:{sample.Tag}");
}
