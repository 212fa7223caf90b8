using System.IO.Compression;
using Strata.Testing;

namespace Strata.Layers.Tests.Writing;

public sealed class ParallelGzipTests
{
    private const int Block = 1024 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Block - 1)]
    [InlineData(Block)]
    [InlineData(Block + 1)]
    [InlineData(9 * Block + 12345)]
    public void What_was_compressed_on_several_cores_is_read_as_one_stream(int length)
    {
        var content = Content(length);
        var compressed = Compress(content, pieces: 10_007);
        using var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var read = new MemoryStream();
        gzip.CopyTo(read);
        read.ToArray().ShouldBe(content);
    }

    [Fact]
    public void The_same_bytes_give_the_same_result_in_whatever_pieces_they_come()
    {
        var content = Content(3 * Block + 17);
        Compress(content, pieces: 999).ShouldBe(Compress(content, pieces: content.Length));
    }

    [Fact]
    public void Gzip_itself_finds_nothing_wrong_with_it()
    {
        RealTool.Require("gzip", "gzip");
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "it.gz");
        var content = Content(4 * Block + 5);
        File.WriteAllBytes(file, Compress(content, pieces: 65_536));
        RealTool.Output("gzip", "-t", file).ShouldBeEmpty();
        RealTool.Output("/bin/sh", "-c", $"gzip -dc '{file}' | wc -c").Trim().ShouldBe(content.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static byte[] Content(int length)
    {
        var content = new byte[length];
        for (var i = 0; i < length; i++) content[i] = (byte)(i * 31 + (i >> 9));
        return content;
    }

    private static byte[] Compress(byte[] content, int pieces)
    {
        using var output = new MemoryStream();
        using (var gzip = new ParallelGzip(output))
        {
            for (var at = 0; at < content.Length; at += pieces) gzip.Write(content.AsSpan(at, Math.Min(pieces, content.Length - at)));
            gzip.Finish();
        }
        return output.ToArray();
    }
}
