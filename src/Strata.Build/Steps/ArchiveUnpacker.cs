using System.Diagnostics;
using Strata.Build.Dockerfiles;
using Strata.Build.Trees;
using Strata.Content;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Build.Steps;

/// <summary>Puts what is in an archive into a layer: ADD of a tar, plain or compressed.</summary>
internal sealed class ArchiveUnpacker(PendingLayer layer, CopyRules rules, WorkFolder work)
{
    /// <summary>True for bytes that a tar, or a compressed file that may hold one, begins with.</summary>
    public static bool MayBeArchive(ReadOnlySpan<byte> start) => IsCompressed(start) || IsTarHeader(start);

    /// <summary>Unpacks the file into the folder; false, and nothing done, when it is no archive.</summary>
    public async Task<bool> TryUnpackAsync(FileTree tree, FileNode file, string target, CancellationToken cancellationToken)
    {
        var head = new byte[512];
        int n;
        using (var begin = tree.Open(file)) n = await begin.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (!MayBeArchive(head.AsSpan(0, n)) || !await HoldsTarAsync(tree, file, head.AsMemory(0, n), cancellationToken).ConfigureAwait(false)) return false;
        var folder = layer.Resolve(SlashPath.Rooted(target));
        layer.MakeFolders(folder, rules.Owner ?? Owner.Root, rules.Latest);
        var plain = Open(tree, file, head.AsMemory(0, n));
        await using (plain.ConfigureAwait(false))
        {
            try
            {
                await LayerReader.VisitAsync(plain, new Taker(layer, rules, work, folder), cancellationToken).ConfigureAwait(false);
            }
            catch (LayerException e)
            {
                throw new BuildException($"/{file.Path} cannot be unpacked: {e.Message}", "make the archive again, or copy it as it is with COPY", e);
            }
        }
        return true;
    }

    private static bool IsCompressed(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]) || start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd])
        || Filter(start) is not null;

    private static string? Filter(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]) ? "xz" : start.StartsWith("BZh"u8) ? "bzip2" : null;

    /// <summary>A header's checksum says whether it is one, whatever kind of tar it is.</summary>
    private static bool IsTarHeader(ReadOnlySpan<byte> block)
    {
        if (block.Length < 512 || !block.ContainsAnyExcept((byte)0)) return false;
        var (sum, written) = (0, 0);
        for (var i = 0; i < 512; i++) sum += i is >= 148 and < 156 ? ' ' : block[i];
        foreach (var b in block.Slice(148, 8))
        {
            if (b is >= (byte)'0' and <= (byte)'7') written = written * 8 + (b - '0');
            else if (written > 0 || b is not ((byte)' ' or 0)) break;
        }
        return sum == written;
    }

    private static async Task<bool> HoldsTarAsync(FileTree tree, FileNode file, ReadOnlyMemory<byte> head, CancellationToken cancellationToken)
    {
        if (!IsCompressed(head.Span)) return true;
        var block = new byte[512];
        try
        {
            var plain = Open(tree, file, head);
            await using (plain.ConfigureAwait(false))
            {
                Stream inner = plain;
                if (head.Span.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b])) inner = new System.IO.Compression.GZipStream(plain, System.IO.Compression.CompressionMode.Decompress);
                else if (Filter(head.Span) is null) inner = new ZstdSharp.DecompressionStream(plain);
                return await inner.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) == block.Length && IsTarHeader(block);
            }
        }
        catch (Exception e) when (e is InvalidDataException or ZstdSharp.ZstdException or EndOfStreamException)
        {
            return false; // it only begins like one; it is copied as it is
        }
    }

    /// <summary>What we cannot inflate ourselves, the tool for it does.</summary>
    private static Stream Open(FileTree tree, FileNode file, ReadOnlyMemory<byte> head)
    {
        var content = tree.Open(file);
        return Filter(head.Span) is { } tool ? new FilterStream(tool, content) : content;
    }

    /// <summary>The output of a program that is fed with a stream.</summary>
    private sealed class FilterStream : ReadOnlyStream
    {
        private readonly Process _process;
        private readonly Task _feeding;

        public FilterStream(string tool, Stream input)
        {
            try
            {
                _process = Process.Start(new ProcessStartInfo(tool, ["-dc"]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
            }
            catch (System.ComponentModel.Win32Exception e)
            {
                input.Dispose();
                throw new BuildException($"the archive is compressed with {tool}, which is not installed", $"install {tool}, or compress it with gzip or zstd", e);
            }
            _feeding = FeedAsync(input);
        }

        public override int Read(Span<byte> buffer) => _process.StandardOutput.BaseStream.Read(buffer);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _process.StandardOutput.BaseStream.ReadAsync(buffer, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                if (!_process.HasExited) _process.Kill();
                _process.Dispose();
                _ = _feeding;
            }
            base.Dispose(disposing);
        }

        private async Task FeedAsync(Stream input)
        {
            await using (input.ConfigureAwait(false))
            {
                try
                {
                    var target = _process.StandardInput.BaseStream;
                    await using (target.ConfigureAwait(false)) await input.CopyToAsync(target).ConfigureAwait(false);
                }
                catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
                {
                    // The program ended first: whoever reads its output sees that.
                }
            }
        }
    }

    /// <summary>Takes each entry to its place; contents wait in files, as the layer is written in another order.</summary>
    private sealed class Taker(PendingLayer layer, CopyRules rules, WorkFolder work, string folder) : ILayerVisitor
    {
        private readonly LooseTree _contents = new();
        private FileStream? _open;
        private LayerEntry? _entry;

        public bool Enter(LayerEntry entry)
        {
            if (entry.Path.Length == 0)
            {
                // The archive's own root says what the folder is that it is unpacked to; the image's root stays.
                if (folder.Length > 0 && entry.Type == EntryType.Directory) layer.Put(new PendingEntry(Owned(entry with { Path = folder })));
                return false;
            }
            // A link on the way may be one of the image's own, and counts within the image.
            var parent = layer.Resolve(SlashPath.Join(folder, SlashPath.Parent(entry.Path)));
            layer.MakeFolders(parent, rules.Owner ?? Owner.Root, rules.Latest);
            var placed = Owned(entry) with { Path = SlashPath.Join(parent, SlashPath.Name(entry.Path)) };
            if (entry.Type == EntryType.Hardlink)
            {
                Link(placed, layer.Resolve(SlashPath.Join(folder, entry.LinkTarget!)));
                return false;
            }
            if (entry.Type == EntryType.Directory && layer.Find(placed.Path) is { LinkTarget: not null })
            {
                // A folder where the image has a link to one: the link stays.
                layer.MakeFolders(layer.Resolve(placed.Path), rules.Owner ?? Owner.Root, rules.Latest);
                return false;
            }
            if (entry.Type != EntryType.File || entry.Size == 0)
            {
                layer.Put(new PendingEntry(placed));
                return false;
            }
            _entry = placed;
            _open = new FileStream(work.NewPath(), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            return true;
        }

        public void Content(ReadOnlySpan<byte> bytes) => _open!.Write(bytes);

        public void Leave()
        {
            var (path, size) = (_open!.Name, _open.Length);
            _open.Dispose();
            _contents.Add(path, 0, size, Digest.Of([]), () => File.OpenRead(path), default);
            layer.Put(new PendingEntry(_entry! with { Size = size }, _contents, _contents.Find(path)));
            (_open, _entry) = (null, null);
        }

        private LayerEntry Owned(LayerEntry entry) => entry with
        {
            Uid = rules.Owner?.Uid ?? entry.Uid,
            Gid = rules.Owner?.Gid ?? entry.Gid,
            Modified = new UnixTime(Math.Min(entry.Modified.Seconds, rules.Latest), 0),
        };

        private void Link(LayerEntry entry, string target)
        {
            if (layer.Pending(target) is not { } shared) throw new LayerException($"'{entry.Path}' is a link to '{target}', which is not in the archive before it");
            var link = shared.Link ?? (-1, (ulong)work.GetHashCode(), (ulong)target.GetHashCode(StringComparison.Ordinal));
            if (shared.Link is null) layer.Put(shared with { Link = link });
            layer.Put(shared with { Entry = shared.Entry with { Path = entry.Path }, Link = link });
        }
    }
}
