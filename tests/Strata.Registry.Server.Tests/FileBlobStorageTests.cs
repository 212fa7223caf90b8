namespace Strata.Registry.Server.Tests;

public sealed class FileBlobStorageTests : BlobStorageContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("strata-blobs-").FullName;
    private readonly FileBlobStorage _storage;

    public FileBlobStorageTests() => _storage = new FileBlobStorage(_folder);

    protected override IBlobStorage Storage => _storage;

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
