using Strata.Layers.Files;
using Strata.Layers.Reading;
using Strata.Layers.Tar;
using Strata.Layers.Unpacking;
using Strata.Layers.Writing;

namespace Strata.Layers;

/// <summary>
/// A tree of files as a tar and back, where it is no layer of an image: files copied into a container and out of it, a volume filled, a file
/// system exported. The same rules hold as for layers: names are bytes, nothing leads out of the tree.
/// </summary>
public static class TreeTar
{
    /// <summary>Writes what a folder has, or with <see cref="FolderLayerOptions.WithRoot"/> the folder itself, too.</summary>
    public static void WriteFolder(Stream output, string folder, FolderLayerOptions options, CancellationToken cancellationToken) =>
        Write(output, tar => new FolderLayer(folder, options, tar).Write(cancellationToken));

    /// <summary>What a folder has, as the entries that a layer of it would have; contents are not read, and their sizes are 0.</summary>
    public static IReadOnlyList<LayerEntry> Entries(string folder, FolderLayerOptions options, CancellationToken cancellationToken)
    {
        var entries = new List<LayerEntry>();
        new FolderLayer(folder, options, tar: null, entries.Add).Write(cancellationToken);
        return entries;
    }

    /// <summary>Writes one thing that lies in a folder, links not followed, under the name <see cref="FolderLayerOptions.Below"/>.</summary>
    /// <param name="name">One name, no path.</param>
    /// <exception cref="FileNotFoundException">The folder has no such name.</exception>
    public static void WriteOne(Stream output, string folder, string name, FolderLayerOptions options, CancellationToken cancellationToken) =>
        Write(output, tar => new FolderLayer(folder, options, tar).WriteOne(name, cancellationToken));

    /// <summary>
    /// Unpacks a tar, plain or compressed, to its end into a tree that is there. When this throws, some of it may have been written.
    /// </summary>
    /// <param name="root">The tree's root; links, also those that are in the tree already, lead nowhere but within it.</param>
    /// <param name="place">Says where in the tree an entry goes, and whose it is; null leaves it out.</param>
    /// <exception cref="LayerException">It is no tar, or asks for what cannot be.</exception>
    public static async Task ExtractAsync(
        Stream tar, string root, Func<LayerEntry, LayerEntry?> place, UnpackOptions options, CancellationToken cancellationToken)
    {
        var folder = Native.OpenPath(root, Native.Open.FolderThroughLinks);
        if (folder < 0) throw Native.Failure($"cannot open {root}");
        try
        {
            using var writer = new TreeWriter(folder, Privileges.Of(options), options.ReplacesKinds);
            var scanner = new TarScanner([new Placing(writer, place)], LayerLimits.Default);
            var plain = await Decompression.OpenAsync(tar, cancellationToken).ConfigureAwait(false);
            await using (plain.ConfigureAwait(false))
            {
                var buffer = new byte[128 * 1024];
                for (int n; (n = await plain.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;) scanner.Push(buffer.AsSpan(0, n));
            }
            scanner.Finish();
            writer.Finish(cancellationToken);
        }
        catch (Exception e) when (e is TarException or InvalidDataException or ZstdSharp.ZstdException or EndOfStreamException)
        {
            throw new LayerException($"the tar cannot be read: {e.Message}", e);
        }
        finally
        {
            _ = Native.Close(folder);
        }
    }

    private static void Write(Stream output, Action<TarWriter> write)
    {
        using var buffered = new BufferedStream(new LeftOpen(output), 256 * 1024);
        var tar = new TarWriter(buffered);
        write(tar);
        tar.Finish();
        buffered.Flush();
    }

    private sealed class LeftOpen(Stream inner) : Content.WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);
    }

    /// <summary>A file that is called as whiteouts are is just a file here.</summary>
    private sealed class Placing(TreeWriter writer, Func<LayerEntry, LayerEntry?> place) : ILayerVisitor, IHoleVisitor
    {
        public bool Enter(LayerEntry entry) =>
            place(entry with { Path = Whiteouts.Name(entry.Path, entry.Whiteout), Whiteout = Whiteout.None }) is { } placed && writer.Write(placed);

        public void Content(ReadOnlySpan<byte> bytes) => writer.Content(bytes);

        public void Hole(long length) => writer.Hole(length);

        public void Leave() => writer.CloseFile();
    }
}
