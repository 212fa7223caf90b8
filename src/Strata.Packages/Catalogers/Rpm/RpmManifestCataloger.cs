namespace Strata.Packages.Catalogers.Rpm;

/// <summary>
/// What the images of Azure Linux (Mariner) without rpm have instead of its database: a table that rpm printed when the image was made.
/// </summary>
internal sealed class RpmManifestCataloger : ICataloger
{
    private const string Manifest = "var/lib/rpmmanifest/container-manifest-2";

    public IReadOnlyList<string> Places { get; } = [Manifest];

    public bool Wants(FileCandidate file) => file.Path == Manifest;

    public DocumentReader Open(FileCandidate file) => new RpmManifestReader(file.Path);
}
