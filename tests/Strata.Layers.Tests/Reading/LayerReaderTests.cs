using System.IO.Compression;
using System.Security.Cryptography;
using Strata.Content;
using Strata.Oci;
using Strata.Testing;

namespace Strata.Layers.Tests.Reading;

public sealed class LayerReaderTests
{
    private static readonly byte[] Tar = new RawTar().File("a", "hello").File("b", string.Concat(Enumerable.Range(0, 200_000))).End();
    private static readonly Digest DiffId = Digest.Of(Tar);

    [Fact]
    public async Task A_plain_tar_is_read() => (await ReadAsync(Tar)).TextOf("a").ShouldBe("hello");

    [Fact]
    public async Task Gzip_is_read() => (await ReadAsync(Gzip(Tar))).TextOf("a").ShouldBe("hello");

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    public async Task Gzip_is_read_in_pieces_of_any_size(int piece) =>
        (await ReadAsync(new TricklingStream(Gzip(Tar), piece), DiffId)).Paths.ShouldBe(["a", "b"]);

    [Fact]
    public async Task Zstd_is_read() => (await ReadAsync(Zstd(Tar))).TextOf("a").ShouldBe("hello");

    [Fact]
    public async Task Several_gzip_members_are_one_layer() =>
        (await ReadAsync([.. Gzip(Tar[..700]), .. Gzip([]), .. Gzip(Tar[700..])])).Paths.ShouldBe(["a", "b"]);

    [Fact]
    public async Task Several_zstd_frames_with_skippable_ones_between_are_one_layer()
    {
        byte[] skippable = [0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3];
        (await ReadAsync([.. skippable, .. Zstd(Tar[..700]), .. skippable, .. Zstd(Tar[700..]), .. skippable])).Paths.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Blocks_of_pigz_are_read()
    {
        RealTool.Require("pigz", "pigz");
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.Below("layer.tar"), Tar);
        RealTool.Output("pigz", "-b", "128", "-p", "2", folder.Below("layer.tar"));
        (await ReadAsync(await File.ReadAllBytesAsync(folder.Below("layer.tar.gz")))).Paths.ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(1000)]
    public async Task Gzip_that_was_cut_is_damaged_even_within_its_trailer(int missing) =>
        (await Should.ThrowAsync<LayerException>(() => ReadAsync(Gzip(Tar)[..^missing]))).Message.ShouldContain("compressed data is broken");

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Zstd_that_was_cut_is_damaged(int missing) =>
        await Should.ThrowAsync<LayerException>(() => ReadAsync(Zstd(Tar)[..^missing]));

    [Theory]
    [InlineData("garbage behind the gzip data")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public async Task What_follows_compressed_data_and_is_none_is_damage(string garbage)
    {
        // Other engines refuse it, too: what one reads and another does not must not be in a layer.
        await Should.ThrowAsync<LayerException>(() => ReadAsync([.. Gzip(Tar), .. System.Text.Encoding.Latin1.GetBytes(garbage)]));
        await Should.ThrowAsync<LayerException>(() => ReadAsync([.. Zstd(Tar), .. System.Text.Encoding.Latin1.GetBytes(garbage)]));
    }

    [Fact]
    public async Task A_flipped_bit_is_damage()
    {
        var gzip = Gzip(Tar);
        gzip[gzip.Length / 2] ^= 0x10;
        await Should.ThrowAsync<LayerException>(() => ReadAsync(gzip));
    }

    [Fact]
    public async Task Another_diffID_is_refused()
    {
        var other = Digest.Of("other"u8);
        var error = await Should.ThrowAsync<LayerException>(() => ReadAsync(new MemoryStream(Gzip(Tar)), other));
        error.Message.ShouldContain(DiffId.ToString());
        error.Message.ShouldContain(other.ToString());
    }

    [Fact]
    public async Task A_tar_that_is_cut_is_refused_although_its_diffID_holds()
    {
        var cut = Tar[..2000];
        await Should.ThrowAsync<LayerException>(() => ReadAsync(new MemoryStream(Gzip(cut)), Digest.Of(cut)));
    }

    [Fact]
    public async Task What_is_no_tar_is_refused()
    {
        var text = new byte[4096];
        RandomNumberGenerator.Fill(text);
        text[0] = (byte)'x';
        await Should.ThrowAsync<LayerException>(() => ReadAsync(new MemoryStream(text), Digest.Of(text)));
    }

    [Fact]
    public async Task The_source_is_read_to_its_end_so_that_its_own_digest_is_checked()
    {
        byte[] tar = [.. Tar, .. new byte[20_000]];
        var blob = Gzip(tar);
        await using var wrong = new VerifyingStream(new MemoryStream(blob), Digest.Of("other"u8), blob.Length);
        await Should.ThrowAsync<ContentMismatchException>(() => ReadAsync(wrong, Digest.Of(tar)));
    }

    [Fact]
    public async Task An_error_of_a_visitor_ends_the_reading()
    {
        var error = await Should.ThrowAsync<IOException>(() =>
            LayerReader.ReadAsync(new MemoryStream(Gzip(Tar)), DiffId, [new FailingVisitor()], CancellationToken.None));
        error.Message.ShouldBe("no room");
    }

    [Fact]
    public async Task It_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var endless = new TricklingStream(Gzip(Tar), 1, () => stop.Cancel());
        await Should.ThrowAsync<OperationCanceledException>(() => LayerReader.ReadAsync(endless, DiffId, [], stop.Token));
    }

    internal static byte[] Gzip(ReadOnlySpan<byte> bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest)) gzip.Write(bytes);
        return memory.ToArray();
    }

    private static byte[] Zstd(ReadOnlySpan<byte> bytes)
    {
        using var compressor = new ZstdSharp.Compressor(3);
        compressor.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return compressor.Wrap(bytes).ToArray();
    }

    private static Task<SeenLayer> ReadAsync(byte[] blob) => ReadAsync(new MemoryStream(blob), DiffId);

    private static async Task<SeenLayer> ReadAsync(Stream blob, Digest diffId)
    {
        var seen = new SeenLayer();
        await LayerReader.ReadAsync(blob, diffId, [seen], CancellationToken.None);
        return seen;
    }

    private sealed class FailingVisitor : ILayerVisitor
    {
        public bool Enter(LayerEntry entry) => throw new IOException("no room");

        public void Content(ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

        public void Leave() => throw new NotSupportedException();
    }

    /// <summary>Gives a few bytes at a time, as a slow network does.</summary>
    private sealed class TricklingStream(byte[] bytes, int piece, Action? then = null) : ReadOnlyStream
    {
        private int _at;

        public override int Read(Span<byte> buffer)
        {
            var n = Math.Min(Math.Min(piece, buffer.Length), bytes.Length - _at);
            bytes.AsSpan(_at, n).CopyTo(buffer);
            _at += n;
            if (_at > 100) then?.Invoke();
            return n;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(Read(buffer.Span));
        }
    }
}
