using System.Globalization;
using System.Text;
using Strata.Layers.Tar;

namespace Strata.Layers.Tests.Tar;

public sealed class TarScannerTests
{
    [Fact]
    public void Global_records_hold_for_all_entries_and_local_ones_win()
    {
        var seen = SeenLayer.Of(new RawTar().GlobalPax(("mtime", "5"), ("uid", "7")).File("a").Pax(("mtime", "6")).File("b").File("c").End());
        seen.Entries.Select(e => (e.Path, e.Modified.Seconds, e.Uid)).ShouldBe([("a", 5L, 7L), ("b", 6L, 7L), ("c", 5L, 7L)]);
    }

    [Fact]
    public void An_empty_record_takes_a_global_one_away() =>
        SeenLayer.Of(new RawTar().GlobalPax(("mtime", "5")).Pax(("mtime", "")).File("a").End())["a"].Modified.Seconds.ShouldBe(0);

    [Fact]
    public void The_last_of_two_records_wins() =>
        SeenLayer.Of(new RawTar().Pax(("path", "first"), ("path", "second")).File("x").End()).Paths.ShouldBe(["second"]);

    [Theory]
    [InlineData("1.5", 1, 500000000)]
    [InlineData("-1.5", -2, 500000000)]
    [InlineData("-0.25", -1, 750000000)]
    [InlineData("99999999999", 99999999999, 0)]
    [InlineData("1.1234567899", 1, 123456789)]
    [InlineData("-9223372036854775808", long.MinValue, 0)]
    [InlineData("3.", 3, 0)]
    public void A_time_is_read_to_the_nanosecond(string text, long seconds, int nanoseconds)
    {
        var entry = SeenLayer.Of(new RawTar().Pax(("mtime", text)).File("a").End())["a"];
        entry.Modified.ShouldBe(new UnixTime(seconds, nanoseconds));
        entry.ModTime.ShouldBeInRange(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
    }

    [Theory]
    [InlineData("size", "99999999999999999999")]
    [InlineData("size", "-1")]
    [InlineData("size", "0x10")]
    [InlineData("uid", "-1")]
    [InlineData("uid", "4294967295")]
    [InlineData("mtime", "1e9")]
    [InlineData("mtime", "-9223372036854775808.5")]
    [InlineData("SCHILY.xattr.", "v")]
    public void A_record_with_a_wrong_value_is_refused(string key, string value) =>
        Should.Throw<TarException>(() => SeenLayer.Of(new RawTar().Pax((key, value)).File("a").End()));

    [Theory]
    [InlineData("5 a=b\n")]
    [InlineData("7 a=b\n")]
    [InlineData("06 a=b")]
    [InlineData("-6 a=b\n")]
    [InlineData("6 =ab\n")]
    [InlineData("a=b\n")]
    [InlineData("9999999999999 a=b\n")]
    public void A_malformed_record_is_refused(string body) =>
        Should.Throw<TarException>(() => SeenLayer.Of(new RawTar().PaxBytes('x', Encoding.Latin1.GetBytes(body)).File("a").End()));

    [Fact]
    public void An_attribute_may_hold_any_bytes()
    {
        byte[] value = [0, 0x81, (byte)'\n', (byte)'=', 0xFF];
        var tar = new RawTar().PaxBytes('x', RawTar.Record("SCHILY.xattr.user.x=y", value)).File("a").End();
        // The key ends at the first equals sign.
        SeenLayer.Of(tar)["a"].Xattrs.Single().ShouldSatisfyAllConditions(
            x => x.Key.ShouldBe("user.x"), x => x.Value.ShouldBe([.. "y="u8, .. value]));
    }

    [Fact]
    public void Numbers_in_base_256_are_read()
    {
        var tar = new RawTar().Entry('0', "a", edit: block =>
        {
            RawTar.PutBytes(block, 108, 0x80, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFE);
            RawTar.PutBytes(block, 136, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE);
        }).End();
        var entry = SeenLayer.Of(tar)["a"];
        entry.Uid.ShouldBe(0x7FFFFFFE);
        entry.Modified.Seconds.ShouldBe(-2);
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0x80, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0x80, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    public void A_size_that_is_negative_or_too_large_is_refused(byte[] size) =>
        Should.Throw<TarException>(() => SeenLayer.Of(new RawTar().Entry('0', "a", edit: b => RawTar.PutBytes(b, 124, size)).End()));

    [Theory]
    [InlineData("/abs/file", "abs/file")]
    [InlineData("./a/./b//c", "a/b/c")]
    [InlineData("a/", "a")]
    [InlineData("...", "...")]
    [InlineData("a..b", "a..b")]
    public void A_name_is_brought_into_one_form(string name, string path) =>
        SeenLayer.Of(new RawTar().Folder(name).End()).Paths.ShouldBe([path]);

    [Theory]
    [InlineData("..")]
    [InlineData("../a")]
    [InlineData("a/../b")]
    [InlineData("a/..")]
    [InlineData("/..")]
    public void A_name_with_two_dots_is_refused(string name)
    {
        Should.Throw<TarException>(() => SeenLayer.Of(new RawTar().File(name).End()));
        Should.Throw<TarException>(() => SeenLayer.Of(new RawTar().File("a").Hardlink("b", name).End()));
    }

    [Fact]
    public void A_name_with_a_nul_is_refused() =>
        Should.Throw<TarException>(() => SeenLayer.Of(new RawTar().Pax(("path", "a\0b")).File("x").End()));

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void A_name_is_at_most_as_long_as_Linux_takes(int length, bool fits)
    {
        var tar = new RawTar().Pax(("path", new string('n', length))).File("x").End();
        if (fits) SeenLayer.Of(tar).Paths.ShouldBe([new string('n', length)]);
        else Should.Throw<TarException>(() => SeenLayer.Of(tar));
    }

    [Theory]
    [InlineData(".wh.gone", "gone", Whiteout.Path)]
    [InlineData("a/.wh.b", "a/b", Whiteout.Path)]
    [InlineData(".wh..wh..opq", "", Whiteout.Opaque)]
    [InlineData("a/.wh..wh..opq", "a", Whiteout.Opaque)]
    public void A_whiteout_is_about_what_it_hides(string name, string path, Whiteout whiteout)
    {
        var entry = SeenLayer.Of(new RawTar().File(name).End()).Entries.Single();
        (entry.Path, entry.Whiteout).ShouldBe((path, whiteout));
        Whiteouts.Name(path, whiteout).ShouldBe(name);
    }

    [Theory]
    [InlineData(".wh.")]
    [InlineData(".wh..")]
    [InlineData(".wh...")]
    [InlineData("a/.wh.b/c")]
    public void A_whiteout_of_nothing_or_with_something_below_is_refused(string name) =>
        Should.Throw<TarException>(() => SeenLayer.Of(new RawTar().File(name).End()));

    [Fact]
    public void The_books_of_aufs_are_left_out() =>
        SeenLayer.Of(new RawTar().Folder(".wh..wh.plnk").File(".wh..wh.plnk/1.2", "x").File("a").File("b/.wh..wh.aufs").End()).Paths.ShouldBe(["a"]);

    [Theory]
    [InlineData('2')]
    [InlineData('0')]
    public void The_root_is_a_directory_or_nothing(char type) =>
        Should.Throw<TarException>(() => SeenLayer.Of(new RawTar().Entry(type, ".", link: "etc").End()));

    [Theory]
    [InlineData('1')]
    [InlineData('2')]
    [InlineData('5')]
    [InlineData('6')]
    public void What_cannot_have_content_has_none_whatever_its_size_says(char type)
    {
        // A reader that skipped the content would not see the file that every runtime unpacks.
        var inner = new RawTar().File("inner").WithoutEnd();
        var seen = SeenLayer.Of(new RawTar().Entry(type, "outer", link: "x", edit: b => RawTar.Put(b, 124, $"{Convert.ToString(inner.Length, 8).PadLeft(11, '0')}\0"))
            .Raw(inner).End());
        seen.Paths.ShouldBe(["outer", "inner"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(600)]
    [InlineData(1024)]
    public void A_tar_that_stops_within_an_entry_is_cut(int length)
    {
        var tar = new RawTar().File("a", new string('x', 600)).End();
        Should.Throw<TarException>(() => SeenLayer.Of(tar.AsSpan(0, length)));
    }

    [Fact]
    public void A_tar_without_an_end_mark_is_whole() =>
        SeenLayer.Of(new RawTar().File("a", "x").WithoutEnd()).TextOf("a").ShouldBe("x");

    [Fact]
    public void An_extended_header_at_the_end_is_refused()
    {
        Should.Throw<TarException>(() => SeenLayer.Of(new RawTar().Pax(("path", "x")).WithoutEnd()));
        Should.Throw<TarException>(() => SeenLayer.Of(new RawTar().Pax(("path", "x")).End()));
    }

    [Fact]
    public void What_follows_the_end_mark_is_ignored() =>
        SeenLayer.Of([.. new RawTar().File("a").End(), .. new RawTar().File("b").End()]).Paths.ShouldBe(["a"]);

    [Fact]
    public void An_entry_behind_half_an_end_mark_is_refused() =>
        Should.Throw<TarException>(() => SeenLayer.Of(new RawTar().File("a").Raw(new byte[512]).File("b").End()));

    [Fact]
    public void A_wrong_checksum_is_refused()
    {
        var tar = new RawTar().File("a").End();
        tar[0] = (byte)'b';
        Should.Throw<TarException>(() => SeenLayer.Of(tar)).Message.ShouldContain("byte 0");
    }

    [Fact]
    public void An_unknown_type_is_refused() =>
        Should.Throw<TarException>(() => SeenLayer.Of(new RawTar().Entry('Z', "a").End())).Message.ShouldContain("0x5a");

    [Theory]
    [InlineData("1,2,3")]
    [InlineData("0,5,4,5")]
    [InlineData("0,-1")]
    [InlineData("99,5")]
    [InlineData("0,x")]
    public void A_sparse_map_that_cannot_be_is_refused(string map) =>
        Should.Throw<TarException>(() => SeenLayer.Of(new RawTar().Pax(("GNU.sparse.size", "100"), ("GNU.sparse.map", map)).File("a", "12345").End()));

    [Theory]
    [InlineData("0,4")]
    [InlineData("0,6")]
    public void A_sparse_map_that_does_not_fit_its_content_is_refused(string map) =>
        Should.Throw<TarException>(() => SeenLayer.Of(new RawTar().Pax(("GNU.sparse.size", "100"), ("GNU.sparse.map", map)).File("a", "12345").End()));

    [Theory]
    [InlineData("1\n0\n")]
    [InlineData("99999999999\n")]
    [InlineData("x\n")]
    [InlineData("\n\n\n")]
    [InlineData("1111111111111111111111111111111111111111111111111111\n")]
    public void A_sparse_map_in_the_content_that_is_none_is_refused(string map) =>
        Should.Throw<TarException>(() => SeenLayer.Of(new RawTar()
            .Pax(("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"), ("GNU.sparse.realsize", "100")).File("a", map.PadRight(512, '\0')).End()));

    [Fact]
    public void Limits_are_held_to_the_entry_the_byte_and_the_folder()
    {
        var tar = new RawTar().File("a/b/c", "12345").File("d", "6").End();
        SeenLayer.Of(tar, limits: new LayerLimits { MaxEntries = 2, MaxContentBytes = 6, MaxDepth = 3 }).Entries.Count.ShouldBe(2);
        Should.Throw<TarException>(() => SeenLayer.Of(tar, limits: new LayerLimits { MaxEntries = 1 })).Message.ShouldContain("1 entries");
        Should.Throw<TarException>(() => SeenLayer.Of(tar, limits: new LayerLimits { MaxContentBytes = 5 })).Message.ShouldContain("5 bytes");
        Should.Throw<TarException>(() => SeenLayer.Of(tar, limits: new LayerLimits { MaxDepth = 2 })).Message.ShouldContain("2 folders");
    }

    [Fact]
    public void Holes_count_as_content() =>
        Should.Throw<TarException>(() => SeenLayer.Of(
            new RawTar().Pax(("GNU.sparse.size", (1L << 50).ToString(CultureInfo.InvariantCulture)), ("GNU.sparse.map", "0,1")).File("a", "1").End()));

    [Fact]
    public void An_extended_header_larger_than_a_megabyte_is_refused() =>
        Should.Throw<TarException>(() => SeenLayer.Of(new RawTar().Entry('L', "x", new string('n', 1024 * 1024 + 1)).File("a").End()));
}
