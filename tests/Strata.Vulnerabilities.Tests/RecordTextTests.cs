using System.Text;
using Strata.Vulnerabilities.Feeds;

namespace Strata.Vulnerabilities.Tests;

public sealed class RecordTextTests
{
    [Theory]
    [InlineData(9, null)]
    [InlineData(10, null)]
    [InlineData(11, "a record of more than 10 bytes")]
    public async Task A_line_has_a_limit_and_the_next_is_read(int length, string? fault)
    {
        var items = await LinesAsync(new string('x', length) + "\nnext\n", 10);
        items.Count.ShouldBe(2);
        items[0].Fault.ShouldBe(fault);
        items[1].ShouldBe((2, "next", null));
    }

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, null)]
    [InlineData(11, "a record of more than 10 bytes")]
    public async Task A_file_of_one_record_has_a_limit(int length, string? fault)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(new string('x', length)));
        (await RecordText.WholeAsync(stream, 0, "f", 10, TestContext.Current.CancellationToken)).Fault.ShouldBe(fault);
    }

    [Fact]
    public async Task A_line_far_beyond_the_limit_is_one_fault()
    {
        var items = await LinesAsync("a\n" + new string('x', 1_000_000) + "\n\n\r\nb", 100);
        items.ShouldBe([(1, "a", null), (2, "", "a record of more than 100 bytes"), (5, "b", null)]);
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_text() => (await LinesAsync("\uFEFFa\r\n", 100)).ShouldBe([(1, "a\r", null)]);

    private static async Task<List<(int Line, string Text, string? Fault)>> LinesAsync(string text, int max)
    {
        var items = new List<(int, string, string?)>();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await foreach (var item in RecordText.LinesAsync(stream, "f", max, TestContext.Current.CancellationToken))
            items.Add((item.Line, Encoding.UTF8.GetString(item.Json.Span), item.Fault));
        return items;
    }
}
