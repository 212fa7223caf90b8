using System.Text.Json.Nodes;
using Strata.Cli.Rendering;

namespace Strata.Cli.Tests;

public sealed class RenderingTests
{
    private static readonly JsonObject Image = new()
    {
        ["ID"] = "abc",
        ["Tags"] = new JsonArray("a", "b"),
        ["Config"] = new JsonObject { ["User"] = "me", ["Labels"] = null },
    };

    [Theory]
    [InlineData(0, "0B")]
    [InlineData(999, "999B")]
    [InlineData(1000, "1kB")]
    [InlineData(1234, "1.23kB")]
    [InlineData(12_345_678, "12.3MB")]
    [InlineData(123_456_789, "123MB")]
    [InlineData(1_240_000_000, "1.24GB")]
    public void Sizes_are_written_as_docker_writes_them(long bytes, string expected) => Sizes.Text(bytes).ShouldBe(expected);

    [Theory]
    [InlineData(0, "Less than a second")]
    [InlineData(1, "1 second")]
    [InlineData(59, "59 seconds")]
    [InlineData(60, "About a minute")]
    [InlineData(120, "2 minutes")]
    [InlineData(3600, "About an hour")]
    [InlineData(7200, "2 hours")]
    [InlineData(86400 * 3, "3 days")]
    [InlineData(86400 * 15, "2 weeks")]
    [InlineData(86400 * 90, "3 months")]
    [InlineData(86400 * 365 * 3, "3 years")]
    public void Ages_are_written_as_docker_writes_them(long seconds, string expected) => Ages.Span(TimeSpan.FromSeconds(seconds)).ShouldBe(expected);

    [Theory]
    [InlineData("{{.ID}}", "abc")]
    [InlineData("{{ .ID }}-{{.Config.User}}", "abc-me")]
    [InlineData("{{json .Tags}}", """["a","b"]""")]
    [InlineData("{{.Tags}}", "[a b]")]
    [InlineData("{{json .Config.Labels}}", "null")]
    [InlineData("{{.id}}", "abc")]
    [InlineData("{{.ID}}\\t{{.ID}}", "abc\tabc")]
    public void A_template_gives_the_fields_it_names(string template, string expected) => Template.Parse(template).Render(Image).ShouldBe(expected);

    [Theory]
    [InlineData("{{.ID")]
    [InlineData("no field")]
    [InlineData("{{range .Tags}}")]
    [InlineData("{{.Nope}}")]
    public void A_template_that_cannot_be_used_says_why(string template) =>
        Should.Throw<UsageException>(() => Template.Parse(template).Render(Image)).Advice.ShouldNotBeNullOrEmpty();

    [Fact]
    public void A_table_lines_its_columns_up_and_cuts_the_one_that_may_be_cut()
    {
        var table = new TextTable("NAME", "WHAT") { Flexible = 1 };
        table.Add("a", "short");
        table.Add("longer-name", "a long text that does not fit in the terminal");
        table.Render(width: null).ShouldBe("NAME          WHAT\na             short\nlonger-name   a long text that does not fit in the terminal\n");
        table.Render(width: 30).Split('\n').ShouldAllBe(line => line.Length <= 30);
    }

    [Fact]
    public void What_an_image_says_cannot_steer_the_terminal()
    {
        var table = new TextTable("NAME");
        table.Add("evil\u001b[2J\nname");
        table.Render(width: null).ShouldBe("NAME\nevil [2J name\n");
    }
}
