using Strata.Ui.Format;

namespace Strata.Ui.Tests;

public sealed class FormatTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0L, "0 B")]
    [InlineData(999L, "999 B")]
    [InlineData(1000L, "1.00 kB")]
    [InlineData(71_400_000L, "71.4 MB")]
    [InlineData(999_499_999L, "999 MB")]
    [InlineData(999_500_000L, "1.00 GB")]
    [InlineData(9_994_999L, "9.99 MB")]
    [InlineData(9_995_000L, "10.0 MB")]
    [InlineData(99_950_000L, "100 MB")]
    [InlineData(long.MaxValue, "9.22 EB")]
    [InlineData(-4_100_000L, "−4.10 MB")]
    public void A_size_has_three_digits_and_a_decimal_unit(long bytes, string text) => Bytes.Text(bytes).ShouldBe(text);

    [Fact]
    public void An_unknown_size_is_no_zero() => Bytes.Text((long?)null).ShouldBe("–");

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(60, "1 minute ago")]
    [InlineData(3600 * 3, "3 hours ago")]
    [InlineData(86400 * 4, "4 days ago")]
    [InlineData(86400 * 21, "3 weeks ago")]
    [InlineData(86400 * 90, "3 months ago")]
    [InlineData(86400 * 365 * 3, "3 years ago")]
    [InlineData(-60, "just now")]
    [InlineData(-86400, "2026-11-25")]
    public void A_time_is_told_by_its_age(int secondsAgo, string text) => Ages.Text(Now.AddSeconds(-secondsAgo), Now).ShouldBe(text);

    [Theory]
    [InlineData(0.4, "under 1 s")]
    [InlineData(8, "8 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(7500, "2 h 5 min")]
    public void A_duration_has_two_units_at_most(double seconds, string text) => Ages.Duration(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Theory]
    [InlineData("plain text, ünïcode and 🎉", "plain text, ünïcode and 🎉")]
    [InlineData("a\u202Eb", "a\\u202eb")]
    [InlineData("a\u001B[31mb", "a\\u001b[31mb")]
    [InlineData("two\nlines", "two\\nlines")]
    [InlineData("zero\u200Bwidth", "zero\\u200bwidth")]
    [InlineData("isolate\u2066x\u2069", "isolate\\u2066x\\u2069")]
    [InlineData(null, "")]
    public void Marks_that_hide_or_turn_text_are_shown_as_escapes(string? text, string shown) => Visible.Text(text).ShouldBe(shown);

    // Apart from the others: half a pair does not survive an attribute.
    [Fact]
    public void Half_a_pair_is_shown_as_an_escape() => Visible.Text("half\uD83D").ShouldBe("half\\ud83d");

    [Fact]
    public void Lines_stay_lines_where_there_is_room() => Visible.Lines("a\r\nb\tc\u0007").ShouldBe("a\nb    c\\u0007");

    [Fact]
    public void Tags_are_ordered_as_people_look_for_them()
    {
        string[] tags = ["slim", "3.9", "3.10", "3.11-rc1", "latest", "3.11", "3.11-slim", "v4.0", "alpine", "3.10.2"];
        tags.Order(TagOrder.Instance).ShouldBe(["latest", "v4.0", "3.11", "3.11-slim", "3.11-rc1", "3.10.2", "3.10", "3.9", "alpine", "slim"]);
    }

    [Theory]
    [InlineData("try again", "Try again")]
    [InlineData("127.0.0.1:5000 has no search", "127.0.0.1:5000 has no search")]
    [InlineData("strata pull python", "strata pull python")]
    [InlineData(null, "")]
    public void The_words_of_an_error_begin_with_a_capital_unless_they_are_a_command(string? text, string shown) => Sentence.Of(text).ShouldBe(shown);

    [Fact]
    public void An_address_keeps_what_it_had_and_escapes_what_it_gets()
    {
        var url = new PageUrl("/images").With("q", "a&b=c").With("sort", "-size");
        url.ToString().ShouldBe("/images?q=a%26b%3Dc&sort=-size");
        url.Without("q").ToString().ShouldBe("/images?sort=-size");
        url.With("sort", "name").ToString().ShouldBe("/images?q=a%26b%3Dc&sort=name");
    }

    [Theory]
    [InlineData("size", "size", false)]
    [InlineData("-size", "size", true)]
    [InlineData("nonsense", "name", false)]
    [InlineData("", "name", false)]
    [InlineData(null, "name", false)]
    public void An_unknown_column_falls_back(string? text, string key, bool descending) =>
        SortOrder.Parse(text, new SortOrder("name", false), "name", "size").ShouldBe(new SortOrder(key, descending));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_without_a_value_come_last_in_both_directions(bool descending)
    {
        long?[] sizes = [null, 2, 1];
        new SortOrder("size", descending).Apply(sizes, s => s).Last().ShouldBeNull();
    }

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("  sh  -c 'echo $A \\n' ", new[] { "sh", "-c", "echo $A \\n" })]
    [InlineData("a\\ b \"c \\\" d\" ''", new[] { "a b", "c \" d", "" })]
    [InlineData("x'y'\"z\"", new[] { "xyz" })]
    public void A_command_is_taken_apart_as_a_shell_does_it(string line, string[] words)
    {
        Images.CommandLine.Words(line).ShouldBe(words);
        Images.CommandLine.Words(Images.CommandLine.Text(words)).ShouldBe(words);
    }

    [Theory]
    [InlineData("sh -c 'half")]
    [InlineData("\"")]
    public void A_quote_that_is_not_closed_is_an_error(string line) => Should.Throw<FormatException>(() => Images.CommandLine.Words(line));
}
