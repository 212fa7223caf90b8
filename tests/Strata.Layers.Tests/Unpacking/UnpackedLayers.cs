using Strata.Oci;
using Strata.Testing;

namespace Strata.Layers.Tests.Unpacking;

/// <summary>A folder of unpacked layers, with a guard beside it that no archive may touch.</summary>
internal sealed class UnpackedLayers : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _outside;
    private readonly string _before;

    public UnpackedLayers()
    {
        Layers = _folder.Folder("layers");
        _outside = _folder.Folder("outside");
        Secret = _folder.File("outside/secret", "do not touch");
        _before = Listing(_outside);
    }

    public string Layers { get; }

    /// <summary>A file that lies outside of all layers.</summary>
    public string Secret { get; }

    public string Below(string path) => _folder.Below(path);

    public async Task<string> UnpackAsync(byte[] tar, UnpackOptions? options = null, LayerLimits? limits = null)
    {
        var diffId = Digest.Of(tar);
        using var unpacker = LayerUnpacker.Begin(Layers, diffId, options ?? new UnpackOptions { IsDurable = false });
        await LayerReader.ReadAsync(new MemoryStream(tar), diffId, [unpacker], limits ?? LayerLimits.Default, CancellationToken.None);
        unpacker.Commit();
        return LayerUnpacker.PathIn(Layers, diffId);
    }

    /// <summary>Fails when anything outside changed.</summary>
    public void CheckOutside()
    {
        Listing(_outside).ShouldBe(_before);
        File.ReadAllText(Secret).ShouldBe("do not touch");
        Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["layers", "outside"]);
    }

    /// <summary>Fails when a refused layer left something.</summary>
    public void CheckNothingIsLeft() => RealTool.Output("find", Layers, "-name", "tree*").ShouldBe("");

    /// <summary>All that a tree is: names, types, modes, owners, links, times, one line each.</summary>
    public static string Listing(string tree) => RealTool.Output("/bin/sh", "-c",
        "cd \"$1\" && find . -printf '%p %y %m %U %G %n %l %T@ %s\\n' | sed -E 's/^(.* d .*) [0-9]+$/\\1/' | sort", "sh", tree);

    public void Dispose() => _folder.Dispose();
}
