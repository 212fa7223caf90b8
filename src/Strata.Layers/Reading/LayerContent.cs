using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Strata.Layers.Files;
using Strata.Layers.Reading;
using Strata.Layers.Tar;
using Strata.Oci;

namespace Strata.Layers;

/// <summary>The content of one file of a layer.</summary>
public static class LayerContent
{
    /// <summary>Opens a file of an unpacked layer. Null when the layer is not unpacked, or has another file there.</summary>
    /// <param name="file">From the layer's index; a hard link's target, not the link.</param>
    public static FileStream? TryOpenUnpacked(string layersFolder, Digest diffId, LayerEntry file)
    {
        var root = Native.OpenPath(LayerUnpacker.PathIn(layersFolder, diffId), Native.Open.Folder);
        if (root < 0) return null;
        try
        {
            var path = new PathParts();
            path.Set(file.Path);
            using var folders = new FolderStack(root);
            while (!folders.TryGo(path, path.Count - 1))
                if (Native.Error == Native.NoEntry || !folders.TryThroughLink(path)) return null;
            // Looked at before it is opened: opening a device could do something.
            if (!FileStatus.TryOf(folders.Top, path.Last, out var status) || status.Type != EntryType.File || status.Size != (ulong)file.Size) return null;
            var descriptor = Native.OpenAt(folders.Top, path.Last, Native.Open.Read, 0);
            return descriptor < 0 ? null : new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0);
        }
        finally
        {
            _ = Native.Close(root);
        }
    }

    /// <summary>
    /// Reads the compressed layer as far as the file, and writes its content to <paramref name="target"/>. When this returns, the content
    /// has
    /// the digest that the index knows; when it throws, some of it may have been written.
    /// </summary>
    /// <param name="compressed">The layer's blob, from its begin.</param>
    /// <param name="file">From the layer's index; a hard link's target, not the link.</param>
    /// <exception cref="LayerException">The layer is broken, or has no such file.</exception>
    public static async Task CopyAsync(Stream compressed, LayerEntry file, Stream target, CancellationToken cancellationToken)
    {
        using var taker = new FileTaker(file, target);
        var scanner = new TarScanner([taker], LayerLimits.Default);
        var buffer = new byte[128 * 1024];
        try
        {
            var tar = await Decompression.OpenAsync(compressed, cancellationToken).ConfigureAwait(false);
            await using (tar.ConfigureAwait(false))
            {
                while (!taker.IsDone && await tar.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var n) scanner.Push(buffer.AsSpan(0, n));
            }
        }
        catch (Exception e) when (e is TarException or InvalidDataException or ZstdSharp.ZstdException or EndOfStreamException)
        {
            throw new LayerException($"the layer cannot be read: {e.Message}", e);
        }
        taker.Check();
    }

    /// <summary>Waits for one file and takes what is in it.</summary>
    private sealed class FileTaker(LayerEntry file, Stream target) : ILayerVisitor, IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public bool IsDone { get; private set; }

        public bool Enter(LayerEntry entry) => !IsDone && entry.Offset == file.Offset && entry.Path == file.Path && entry.Type == EntryType.File;

        public void Content(ReadOnlySpan<byte> bytes)
        {
            _hash.AppendData(bytes);
            target.Write(bytes);
        }

        public void Leave() => IsDone = true;

        public void Check()
        {
            var name = EntryPath.Visible(file.Path);
            if (!IsDone) throw new LayerException($"the layer has no file '{name}' at byte {file.Offset}");
            var found = Digest.FromHash(_hash.GetHashAndReset());
            if (file.ContentDigest is { } expected && expected != found) throw new LayerException($"the content of '{name}' should be {expected} and is {found}");
        }

        public void Dispose() => _hash.Dispose();
    }
}
