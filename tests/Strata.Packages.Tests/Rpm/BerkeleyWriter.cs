using Strata.Testing;

namespace Strata.Packages.Tests.Rpm;

/// <summary>A hash of Berkeley DB as rpm had it, made by its own db_load.</summary>
internal static class BerkeleyWriter
{
    public static byte[] Write(RpmFixture fixture, string name, bool isBigEndian = false, int pageSize = 4096)
    {
        RealTool.Require("db5.3_load", "db5.3-util");
        var dump = fixture.NewFile(name + ".dump");
        var database = fixture.NewFile(name + ".db");
        using (var text = new StreamWriter(dump))
        {
            text.Write($"VERSION=3\nformat=bytevalue\ntype=hash\ndb_pagesize={pageSize}\nHEADER=END\n");
            Write(text, Number(0, isBigEndian), Number(fixture.Headers.Length, isBigEndian));
            for (var i = 0; i < fixture.Headers.Length; i++) Write(text, Number(i + 1, isBigEndian), fixture.Headers[i]);
            text.Write("DATA=END\n");
        }

        RealTool.Output("db5.3_load", "-c", $"db_lorder={(isBigEndian ? 4321 : 1234)}", "-f", dump, database);
        return File.ReadAllBytes(database);
    }

    private static void Write(StreamWriter text, byte[] key, byte[] value) => text.Write($" {Convert.ToHexStringLower(key)}\n {Convert.ToHexStringLower(value)}\n");

    private static byte[] Number(int number, bool isBigEndian)
    {
        var bytes = BitConverter.GetBytes(number);
        if (isBigEndian == BitConverter.IsLittleEndian) Array.Reverse(bytes);
        return bytes;
    }
}
