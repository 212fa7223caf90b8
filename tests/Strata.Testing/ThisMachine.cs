namespace Strata.Testing;

/// <summary>What this machine says of its OS packages, in a root folder of its own: the rest of the machine may be of any size.</summary>
public sealed class ThisMachine : IDisposable
{
    private static readonly string[] Said = ["etc/os-release", "usr/lib/os-release", "var/lib/dpkg/status"];
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("strata-machine-");

    public ThisMachine()
    {
        foreach (var path in Said.Where(p => File.Exists("/" + p)))
        {
            var copy = Path.Combine(Root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy("/" + path, copy);
        }
    }

    public string Root => _root.FullName;

    public void Dispose() => _root.Delete(recursive: true);
}
