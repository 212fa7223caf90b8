using System.IO.Compression;
using System.Text;
using CsCheck;
using Strata.Packages.Catalogers.Software;

namespace Strata.Packages.Tests.Programs;

public sealed class ProgramTests
{
    [Fact]
    public void Crates_are_those_that_cargo_auditable_wrote_without_those_that_only_built()
    {
        const string Json = """
            {"packages":[{"name":"adler","version":"1.0.2","source":"registry"},{"name":"cc","version":"1.0.83","source":"registry","kind":"build"},
            {"name":"demo","version":"0.1.0","source":"local","dependencies":[0],"root":true}]}
            """;
        Files.Packages("usr/bin/demo", new Elf().With(".dep-v0", Zlib(Json)).Build()).ShouldBe(["cargo adler 1.0.2", "cargo demo 0.1.0"]);
    }

    [Fact]
    public void A_bomb_in_place_of_crates_is_a_fault()
    {
        var (document, faults) = Files.Read("bin/demo", new Elf().With(".dep-v0", Zlib(new string(' ', 64 * 1024 * 1024))).Build());
        document.ShouldNotBeNull().Packages.ShouldBeEmpty();
        faults.ShouldHaveSingleItem().Reason.ShouldContain("bytes of text");
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_package_note_names_the_package_of_the_distribution(bool isWide, bool isBigEndian)
    {
        var json = Encoding.UTF8.GetBytes("""{"type":"rpm","os":"fedora","name":"coreutils","version":"4711.0815.fc13","architecture":"arm32"}""");
        byte Last(int value, int at) => (byte)((isBigEndian ? at == 3 : at == 0) ? value : 0);
        byte[] Number(int value) => [.. Enumerable.Range(0, 4).Select(i => Last(value, i))];
        byte[] note = [.. Number(4), .. Number(json.Length + 2), 0xca, 0xfe, 0x1a, 0x7e, .. "FDO\0"u8, .. json, 0, 0];
        var (document, faults) = Files.Read("usr/bin/ls", new Elf(isWide, isBigEndian).With(".note.package", note).Build());
        faults.ShouldBeEmpty();
        var package = document.ShouldNotBeNull().Packages.ShouldHaveSingleItem();
        (package.Type, package.Name, package.Version, package.Architecture).ShouldBe(("rpm", "coreutils", "4711.0815.fc13", "arm32"));
    }

    [Fact]
    public void A_note_without_a_header_is_read_and_its_purl_kept()
    {
        const string Json = """{"name":"libhello","version":"0.01","type":"testfixture","purl":"pkg:generic/syftsys/libhello@0.01"}""";
        var (document, _) = Files.Read("usr/lib/libhello.so", new Elf().With(".note.package", Encoding.UTF8.GetBytes(Json)).Build());
        document.ShouldNotBeNull().Packages.ShouldHaveSingleItem().Purl.ShouldBe("pkg:generic/syftsys/libhello@0.01");
    }

    [Fact]
    public void A_program_that_says_nothing_is_no_document() => Files.Read("bin/a", new Elf().With(".text", new byte[600]).Build()).Document.ShouldBeNull();

    [Fact]
    public void What_is_no_program_is_no_document() => Files.Read("bin/a", new byte[4096]).Document.ShouldBeNull();

    [Theory]
    [InlineData("usr/bin/redis-server", "Redis version 2.8.23, bits", "generic redis 2.8.23")]
    [InlineData("usr/local/bin/python3.11", "\0" + "3.11.4\0", "generic python 3.11.4")]
    [InlineData("usr/lib/libpython3.7m.so.1.0", "\0" + "3.7.4\0", "generic python 3.7.4")]
    [InlineData("bin/bash", "@(#)Bash version 5.2.15(1) release GNU", "generic bash 5.2.15")]
    [InlineData("usr/local/bin/node", "node.js/v22.9.0", "generic node 22.9.0")]
    [InlineData("usr/local/bin/node", "\0v4.9.1\0", "generic node 4.9.1")]
    [InlineData("usr/sbin/nginx", "\0nginx version: openresty/1.21.4.1\0", "generic nginx 1.21.4")]
    [InlineData("usr/local/bin/postgres", "\0PostgreSQL 15beta4", "generic postgresql 15beta4")]
    [InlineData("usr/bin/openssl", "\0OpenSSL 1.1.1w  11 Sep", "generic openssl 1.1.1w")]
    [InlineData("usr/bin/mariadb", "10.6.15-MariaDB", "generic mariadb 10.6.15")]
    [InlineData("usr/bin/mysql", "shutdown\0" + "8.0.37\0\0\0\0mysql_real_esc", "generic mysql 8.0.37")]
    [InlineData("usr/local/bin/ruby", "ruby 3.4.0preview1 (2024-05-16", "generic ruby 3.4.0preview1")]
    [InlineData("usr/local/bin/php", "X-Powered-By: PHP/8.2.1", "generic php-cli 8.2.1")]
    [InlineData("opt/java/openjdk/bin/java", "\0openjdk\0java\0" + "0.0\0" + "11.0.17+8-LTS\0", "generic openjdk 11.0.17+8-LTS")]
    [InlineData("usr/local/lib/erlang/erts-13/bin/erlexec", "/usr/src/otp_src_25.3.2.6/erts/", "generic erlang 25.3.2.6")]
    [InlineData("usr/local/go/VERSION", "go1.21.5\ntime 2023-11-29T21:21:46Z\n", "generic go 1.21.5")]
    public void Well_known_programs_say_their_version(string path, string bytes, string package) =>
        Files.Packages(path, Encoding.Latin1.GetBytes(bytes)).ShouldBe([package]);

    [Fact]
    public void A_version_is_found_wherever_the_file_is_cut()
    {
        foreach (var place in Enumerable.Range(256 * 1024 - 2100, 2200).Where(p => p % 97 == 0))
        {
            var bytes = new byte[512 * 1024];
            "memcached 1.6.18"u8.CopyTo(bytes.AsSpan(place));
            Files.Packages("usr/bin/memcached", bytes).ShouldBe(["generic memcached 1.6.18"]);
        }
    }

    [Theory]
    [InlineData("memcached [0-9]", true)]
    [InlineData(@"[\x00 ]OpenSSL [0-9]", true)]
    [InlineData(@"\x00git/", true)]
    [InlineData(@"@\(#\)Bash", true)]
    [InlineData(@"Java\s{0,4}1", true)]
    [InlineData(@"\x00v(?<v>[0-9])", false)]
    [InlineData("gits?/", false)]
    [InlineData("abcd*", false)]
    [InlineData(@"abc\s", false)]
    [InlineData("a|bcd", false)]
    [InlineData("abc", false)]
    public void A_pattern_begins_with_a_text_or_does_not(string pattern, bool begins) => KnownProgram.BeginsWithText(pattern).ShouldBe(begins);

    [Theory]
    [InlineData("java", "\0openjdk\0java\0")]
    [InlineData("java", "\0java\0")]
    [InlineData("openssl", " OpenSSL 1.")]
    [InlineData("python3.11", "\0" + "3.11;")]
    [InlineData("perl", "/lib/perl5/5.")]
    [InlineData("erlexec", "/erlang-1.")]
    public void Bytes_that_nearly_fit_over_and_over_are_read_to_their_end(string name, string begin)
    {
        var head = Encoding.Latin1.GetBytes(begin);
        var bytes = new byte[2 * 1024 * 1024];
        bytes.AsSpan().Fill((byte)'7');
        for (var at = 0; at < bytes.Length / 2 - head.Length; at += head.Length + 3) head.CopyTo(bytes, at);
        head.CopyTo(bytes, bytes.Length / 2);
        Files.Packages("usr/bin/" + name, bytes).ShouldBeEmpty();
    }

    [Fact]
    public void Java_says_its_vendor_in_the_purl()
    {
        var (document, _) = Files.Read("opt/java/openjdk/release", "IMPLEMENTOR=\"Eclipse Adoptium\"\nJAVA_RUNTIME_VERSION=\"21.0.4+7-LTS\"\nJAVA_VERSION=\"21.0.4\"\n"u8.ToArray());
        var package = document.ShouldNotBeNull().Packages.ShouldHaveSingleItem();
        (package.Name, package.Version, package.Purl).ShouldBe(("openjdk", "21.0.4+7-LTS", "pkg:generic/oracle/openjdk@21.0.4%2B7-LTS"));
    }

    [Fact]
    public void No_bytes_behind_a_real_beginning_make_a_reader_throw()
    {
        byte[][] beginnings =
        [
            GoProgram.Inline("go1.21.5", "mod\ta\tv1\n"), GoProgram.WithPointers("go1.15", "mod\ta\tv1\n", isWide: false, isBigEndian: true),
            new Elf().With(".dep-v0", Zlib("{}")).With(".note.package", "{}"u8.ToArray()).Build(), [.. "MZ"u8, .. new byte[600]], [0xcf, 0xfa, 0xed, 0xfe, .. new byte[600]],
            [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 3, .. new byte[600]],
        ];
        Gen.Select(Gen.Int[0, beginnings.Length - 1], Gen.Int[0, 400], Gen.Byte.Array[1, 12], Gen.Int[0, 2000]).Sample(
            (which, at, change, cut) =>
            {
                var bytes = (byte[])beginnings[which].Clone();
                change.CopyTo(bytes, Math.Min(at, bytes.Length - change.Length));
                var (document, faults) = Files.Read("usr/bin/node", bytes[..Math.Max(8, bytes.Length - cut)]);
                (document?.Packages.Count ?? 0).ShouldBeLessThan(10);
                faults.Count.ShouldBeLessThan(12);
            },
            iter: 3_000);
    }

    [Fact]
    public void Headers_that_lie_about_everything_end()
    {
        var program = new Elf().With(".data", new byte[1000]).Build();
        program.AsSpan(32, 32).Fill(0xff);
        var (_, faults) = Files.Read("bin/a", program);
        faults.Count.ShouldBeLessThanOrEqualTo(1);
    }

    private static byte[] Zlib(string text)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
