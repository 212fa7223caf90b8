using Strata.Layers.Tar;

namespace Strata.Layers.Tests.Tar;

/// <summary>Changed bytes, the same ones in every run: whatever comes, the scanner reads on or says what is wrong.</summary>
public sealed class MutationTests
{
    [Fact]
    public void A_changed_archive_is_read_or_refused_and_the_same_in_all_pieces()
    {
        var random = new Random(4711);
        var seed = new RawTar().GlobalPax(("comment", "x")).Folder("d").Pax(("mtime", "1.5"), ("SCHILY.xattr.user.k", "v")).File("d/f", new string('x', 700))
            .Entry('L', "././@LongLink", new string('n', 150) + "\0").File("short", "y").Symlink("l", "d/f").Hardlink("h", "d/f")
            .Pax(("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"), ("GNU.sparse.name", "s"), ("GNU.sparse.realsize", "9000"))
            .File("GNUSparseFile.0/s", "1\n4096\n4\n".PadRight(512, '\0') + "data").File(".wh.gone").End();
        for (var round = 0; round < 20_000; round++)
        {
            var tar = (byte[])seed.Clone();
            for (var change = random.Next(1, 5); change > 0; change--) tar[random.Next(tar.Length)] = (byte)random.Next(256);
            for (var at = 0; round % 4 > 0 && at + 512 <= tar.Length; at += 512)
                if (tar.AsSpan(at + 257, 5).SequenceEqual("ustar"u8)) RawTar.Summed(tar[at..(at + 512)]).CopyTo(tar, at);
            var whole = Read(tar, 64 * 1024);
            if (round % 20 == 0) Read(tar, 1 + random.Next(600)).ShouldBe(whole, $"round {round}");
        }
    }

    private static string Read(byte[] tar, int piece)
    {
        try
        {
            return string.Join('\n', SeenLayer.Of(tar, piece, new LayerLimits { MaxContentBytes = 1024 * 1024 }).Entries.Select(e => $"{e.Path} {e.Type} {e.Size} {e.Offset} {e.Modified}"));
        }
        catch (TarException e)
        {
            return e.Message;
        }
    }
}
