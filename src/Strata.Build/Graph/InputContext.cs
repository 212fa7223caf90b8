using System.Text;
using Strata.Build.Trees;
using Strata.Layers;

namespace Strata.Build.Graph;

/// <summary>What came on standard input: a tar is the context, anything else a Dockerfile without one.</summary>
internal static class InputContext
{
    private const int Needed = 512;

    public static async Task<(string? Folder, string? Dockerfile)> ReadAsync(Stream input, WorkFolder work, CancellationToken cancellationToken)
    {
        var start = new byte[Needed];
        var n = await input.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        var whole = new ConcatenatedStream(start.AsMemory(0, n), input);
        await using (whole.ConfigureAwait(false))
        {
            if (!Steps.ArchiveUnpacker.MayBeArchive(start.AsSpan(0, n)))
            {
                using var reader = new StreamReader(whole, Encoding.UTF8);
                return (null, await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false));
            }
            var folder = work.NewPath();
            Directory.CreateDirectory(folder);
            try
            {
                await TreeTar.ExtractAsync(whole, folder, e => e with { Uid = 0, Gid = 0 }, UnpackOptions.Default, cancellationToken).ConfigureAwait(false);
            }
            catch (LayerException e)
            {
                throw new BuildException($"the context on standard input cannot be read: {e.Message}", "send a tar, plain or compressed with gzip or zstd", e);
            }
            return (folder, null);
        }
    }

    /// <summary>Bytes that were read already, and what follows them.</summary>
    private sealed class ConcatenatedStream(ReadOnlyMemory<byte> start, Stream rest) : Content.ReadOnlyStream
    {
        private ReadOnlyMemory<byte> _start = start;

        public override int Read(Span<byte> buffer)
        {
            if (_start.Length == 0) return rest.Read(buffer);
            var n = Math.Min(buffer.Length, _start.Length);
            _start.Span[..n].CopyTo(buffer);
            _start = _start[n..];
            return n;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _start.Length == 0 ? rest.ReadAsync(buffer, cancellationToken) : ValueTask.FromResult(Read(buffer.Span));
    }
}
