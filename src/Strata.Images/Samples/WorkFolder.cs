namespace Strata.Images.Samples;

/// <summary>A folder for the time of a composition.</summary>
internal sealed class WorkFolder : IDisposable
{
    public WorkFolder(string parent)
    {
        Directory.CreateDirectory(parent);
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, System.IO.Path.GetRandomFileName())).FullName;
    }

    public string Path { get; }

    public string Below(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
