using System.Text;
using Strata.Packages.Distributions;

namespace Strata.Packages.Tests;

public sealed class OsReleaseTests
{
    [Theory]
    [InlineData("ID=debian", "debian")]
    [InlineData("ID=\"Debian\"\r\n", "debian")]
    [InlineData("# ID=x\n  ID='a b'", "a b")]
    [InlineData("ID=\"a\\\"b\\$c\"", "a\"b$c")]
    [InlineData("ID=one\nID=two", "two")]
    [InlineData("NAME=x", "linux")]
    [InlineData("ID=", "linux")]
    public void The_id_is_read_as_a_shell_would(string text, string id) => OsReleaseReader.Parse(text)!.Id.ShouldBe(id);

    [Theory]
    [InlineData("")]
    [InlineData("=x\nnonsense\n")]
    public void A_file_that_says_nothing_is_no_distribution(string text) => OsReleaseReader.Parse(text).ShouldBeNull();

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void The_file_has_a_limit(int over, int faults)
    {
        var reader = new OsReleaseReader("etc/os-release");
        var text = "ID=debian\n#".PadRight(OsReleaseReader.MaxBytes + over, 'x');
        foreach (var piece in Encoding.UTF8.GetBytes(text).Chunk(1000)) reader.Add(piece);
        (reader.Finish().Distribution is null).ShouldBe(faults == 1);
        reader.Faults.Count.ShouldBe(faults);
    }
}
