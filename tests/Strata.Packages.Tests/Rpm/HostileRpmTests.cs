using System.Buffers.Binary;
using CsCheck;
using static Strata.Packages.Tests.Rpm.RpmReading;

namespace Strata.Packages.Tests.Rpm;

public sealed class HostileRpmTests(RpmFixture fixture) : IClassFixture<RpmFixture>
{
    private static readonly byte[][] Magics = [[.. "SQLite format 3\0"u8], [.. "RpmP\0\0\0\0"u8], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x61, 0x15, 0x06, 0, 9, 0, 0, 0, 0, 2, 0, 0]];

    public enum Format
    {
        None,
        Sqlite,
        Ndb,
        Berkeley,
    }

    [Theory]
    [InlineData(Format.Sqlite)]
    [InlineData(Format.Ndb)]
    [InlineData(Format.Berkeley)]
    public void A_cut_database_is_a_fault_and_gives_what_is_left(Format format)
    {
        var database = Database(format);
        for (var length = 0; length < database.Length; length += 8 * 1024 + 17)
        {
            var (packages, faults) = Of(database[..length]);
            packages.Count.ShouldBeLessThanOrEqualTo(fixture.Expected.Length);
            faults.ShouldNotBeEmpty();
        }
    }

    [Theory]
    [InlineData(Format.Sqlite)]
    [InlineData(Format.Ndb)]
    [InlineData(Format.Berkeley)]
    public void No_wrong_byte_makes_the_reader_throw(Format format)
    {
        var database = Database(format);
        Gen.Select(Gen.Int[0, database.Length - 1], Gen.Byte).Array[1, 40].Sample(
            changes =>
            {
                var damaged = (byte[])database.Clone();
                foreach (var (at, value) in changes) damaged[at] = value;
                Of(damaged).Packages.Count.ShouldBeLessThanOrEqualTo(2 * fixture.Expected.Length);
            },
            iter: 100);
    }

    [Fact]
    public void No_bytes_make_the_reader_throw() => Gen.Select(Gen.Int[0, 2], Gen.Byte.Array[0, 3_000]).Sample((magic, bytes) => Of([.. Magics[magic], .. bytes]), iter: 3_000);

    [Fact]
    public void Chains_of_pages_that_go_round_end()
    {
        var database = Database(Format.Sqlite);
        // Every page that may be one of a chain says that it is followed by itself.
        for (var page = 2; page * 4096 < database.Length; page++)
            if (database[page * 4096] == 0) BinaryPrimitives.WriteInt32BigEndian(database.AsSpan(page * 4096), page + 1);
        var (packages, faults) = Of(database);
        packages.ShouldNotContain(p => p.Name == "large");
        packages.ShouldNotBeEmpty();
        faults.ShouldContain(f => f.Reason.Contains("twice", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tree_whose_pages_are_their_own_children_ends()
    {
        var database = Database(Format.Sqlite);
        for (var page = 1; page * 4096 < database.Length; page++)
        {
            if (database[page * 4096] != 13) continue;
            database[page * 4096] = 5;
            BinaryPrimitives.WriteInt32BigEndian(database.AsSpan(page * 4096 + 8), page + 1);
        }
        var (packages, faults) = Of(database);
        packages.ShouldBeEmpty();
        faults.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("some text that is no database at all, and longer than any magic number is")]
    public void What_is_no_database_is_said(string text) => Of(System.Text.Encoding.ASCII.GetBytes(text)).Faults.ShouldHaveSingleItem();

    [Theory]
    [InlineData("", 0)]
    [InlineData("frames", 1)]
    public void A_log_beside_the_database_is_a_fault_when_it_has_something(string log, int faults)
    {
        RpmFixture.Require();
        var root = fixture.Root($"wal-{faults}", "rpmdb.sqlite", fixture.Sqlite);
        File.WriteAllText(Path.Combine(root, "var/lib/rpm/rpmdb.sqlite-wal"), log);
        var found = FolderCatalog.Read(root, TestContext.Current.CancellationToken);
        found.Faults.Count.ShouldBe(faults);
        found.Packages.Count.ShouldBe(fixture.Expected.Length);
    }

    private byte[] Database(Format format)
    {
        RpmFixture.Require();
        return format switch
        {
            Format.Sqlite => fixture.Sqlite,
            Format.Ndb => NdbWriter.Write(fixture.Headers),
            _ => BerkeleyWriter.Write(fixture, "hostile"),
        };
    }
}
