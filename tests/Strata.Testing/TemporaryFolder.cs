namespace Strata.Testing;

/// <summary>A folder of one test, gone with all it holds when the test ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("strata-test-").FullName;

    /// <summary>A path in it; nothing is made.</summary>
    public string Below(string path) => System.IO.Path.Combine(Path, path);

    /// <summary>A folder in it, made.</summary>
    public string Folder(string path) => Directory.CreateDirectory(Below(path)).FullName;

    /// <summary>A file in it, made with the folders on the way.</summary>
    public string File(string path, string content = "")
    {
        var full = Below(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllText(full, content);
        return full;
    }

    /// <summary>Removed by rm: names that are no UTF-8 cannot be said in .NET's calls.</summary>
    public void Dispose()
    {
        var result = RealTool.Run("/bin/sh", "-c", "chmod -R u+rwX \"$1\" 2>/dev/null; rm -rf -- \"$1\"", "sh", Path);
        if (Directory.Exists(Path)) throw new IOException($"cannot remove {Path}: {result.Error}");
    }
}
