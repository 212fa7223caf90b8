using CsCheck;
using Strata.Vulnerabilities.Publishing;

namespace Strata.Vulnerabilities.Tests;

public sealed class PageDeltaTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("strata-delta-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_older_becomes_what_is_newer() => Gen.Select(File_, File_).Sample((older, newer) => Applied(older, newer).AsSpan().SequenceEqual(newer), iter: 200, threads: 1);

    [Fact]
    public void Of_pages_that_are_the_same_nothing_is_sent()
    {
        var older = new byte[100 * PageDelta.PageSize];
        byte[] newer = [.. older];
        newer[50 * PageDelta.PageSize] = 1;
        Delta(older, newer).Length.ShouldBe(16 + 4 + PageDelta.PageSize);
    }

    [Theory]
    [InlineData("", "it is no delta")]
    [InlineData("something that is longer than a head", "it is no delta")]
    [InlineData("STRATAD1\u0010\0\0\0\0\0\0\0half a page", "ends within a page")]
    public void What_is_no_delta_is_told(string text, string words)
    {
        using var file = new FileStream(Path.Combine(_folder, "f"), FileMode.Create, FileAccess.ReadWrite);
        Should.Throw<InvalidDataException>(() => PageDelta.Apply(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(text)), file, 1000)).Message.ShouldContain(words);
    }

    [Fact]
    public void A_page_beyond_the_end_and_a_file_that_is_too_large_are_refused()
    {
        using var file = new FileStream(Path.Combine(_folder, "f"), FileMode.Create, FileAccess.ReadWrite);
        var delta = Delta([], new byte[2 * PageDelta.PageSize]);
        Should.Throw<InvalidDataException>(() => PageDelta.Apply(new MemoryStream(delta), file, PageDelta.PageSize)).Message.ShouldContain("the most is");
        delta[16] = 7;
        Should.Throw<InvalidDataException>(() => PageDelta.Apply(new MemoryStream(delta), file, 1 << 20)).Message.ShouldContain("beyond the end");
    }

    /// <summary>Up to four pages, most of them of few values, so that pages are equal at times.</summary>
    private static Gen<byte[]> File_ { get; } = Gen.Select(Gen.Int[0, 4 * PageDelta.PageSize], Gen.Byte[0, 2], Gen.Int[0, PageDelta.PageSize])
        .Select((length, value, at) => (byte[])[.. Enumerable.Repeat(value, length).Select((b, i) => i == at ? (byte)9 : b)]);

    private byte[] Applied(byte[] older, byte[] newer)
    {
        var path = Path.Combine(_folder, "file");
        File.WriteAllBytes(path, older);
        using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite)) PageDelta.Apply(new MemoryStream(Delta(older, newer)), file, 1 << 20);
        return File.ReadAllBytes(path);
    }

    private static byte[] Delta(byte[] older, byte[] newer)
    {
        using var delta = new MemoryStream();
        PageDelta.Write(new MemoryStream(older), new MemoryStream(newer), delta);
        return delta.ToArray();
    }
}
