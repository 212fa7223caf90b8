namespace Strata.Packages.Catalogers.Rpm.Sqlite;

/// <summary>rpm's database since 4.16: the table Packages has a number and a header in each row. rpm, lib/backend/sqlite.c.</summary>
internal sealed class SqliteDatabase(FileContent content, IHeaderSink sink)
{
    /// <summary>Where the list of tables begins, always. SQLite, "Database File Format" 2.6.</summary>
    private const uint Schema = 1;

    private const int HeaderColumn = 1;

    public void Read()
    {
        var file = SqliteFile.Open(content, sink);
        var table = new SqliteTable(file, sink);
        uint root = 0;
        table.Read(Schema, row =>
        {
            var record = new SqliteRecord(row);
            if (record.Bytes(0).SequenceEqual("table"u8) && record.Bytes(1).SequenceEqual("Packages"u8)) root = checked((uint)record.Number(3));
        });
        if (root == 0) sink.Damage("an SQLite database without a table Packages");
        else table.Read(root, row => sink.Header(new SqliteRecord(row).Bytes(HeaderColumn)));
    }
}
