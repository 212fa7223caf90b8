using Strata.Oci;

namespace Strata.Images.Samples;

/// <summary>Python as a layer on the Debian image.</summary>
internal sealed class PythonRecipe(ImageAssembly assembly, DebianRecipe debian)
{
    private const string Command = "apt-get update && apt-get install -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*";

    public async Task<Descriptor> ComposeAsync(Descriptor parent, CancellationToken cancellationToken)
    {
        var layer = await DebianLayer.MakeAsync(assembly, debian.WorkParent, parent, Command, cancellationToken).ConfigureAwait(false);
        return await assembly.AssembleAsync(parent,
        [
            new("RUN " + Command, layer),
            new("""CMD ["python3"]"""),
        ], config => config with
        {
            Cmd = ["python3"],
            Env = [.. config.Env ?? [], "LANG=C.UTF-8"],
            Labels = assembly.Labels(SampleImage.Python, SampleImage.Python.Tag, "PSF-2.0", parent),
        }, cancellationToken).ConfigureAwait(false);
    }
}
