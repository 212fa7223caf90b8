namespace Strata.Registry.Server.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void What_the_file_does_not_say_is_as_usual()
    {
        var read = Read("{}");
        read.Pause.ShouldBe(TimeSpan.FromSeconds(5));
        read.Inner.Name.ShouldBe("usual");
        read.Addresses.ShouldBe(["first"]);
    }

    [Fact]
    public void Comments_and_trailing_commas_are_allowed()
    {
        var read = Read("""
            {
              // a comment
              "pause": "1h30m", /* and another */
              "room": 1500,
              "inner": { "name": "x", "most": null, },
              "addresses": ["a", "b",],
            }
            """);
        read.Pause.ShouldBe(TimeSpan.FromMinutes(90));
        read.Room.ShouldBe(1500);
        read.Inner.ShouldBe(new Inner { Name = "x", Most = null });
        read.Addresses.ShouldBe(["a", "b"]);
    }

    [Fact]
    public void All_faults_are_named_at_once_each_with_the_path_of_its_key()
    {
        var faults = Faults("""
            { "paus": "1s", "room": "10 elephants", "kind": "gren", "inner": { "most": 11, "nothing": 1 }, "addresses": ["a", 7], "by": { "x": "1GB", "y": 0 } }
            """);
        faults.ShouldBe([
            "room is \"10 elephants\"; it must be a size such as 10GB, 512MiB or a number of bytes",
            "kind is \"gren\"; it must be one of red, darkGreen",
            "inner.most is 11; it must be 1 to 10",
            "inner.nothing is not a key here; there are name, most",
            "addresses[1] is 7; it must be a word",
            "by.y is 0B; it must be 1B to 1TB",
            "paus is not a key here; did you mean pause?",
        ]);
    }

    [Theory]
    [InlineData("{ \"pause\": \"999ms\" }", "pause is 999ms; it must be 1s to 7d")]
    [InlineData("{ \"pause\": \"1s\" }", null)]
    [InlineData("{ \"pause\": \"7d\" }", null)]
    [InlineData("{ \"pause\": \"7d1ms\" }", "pause is 604800001ms; it must be 1s to 7d")]
    [InlineData("{ \"pause\": null }", "pause is null; it must be a time such as 500ms, 90s, 15m, 6h or 7d")]
    [InlineData("{ \"pause\": 5 }", "pause is 5; it must be a time such as 500ms, 90s, 15m, 6h or 7d")]
    [InlineData("{ \"inner\": [] }", "inner is []; it must be a section: { ... }")]
    [InlineData("{ \"Pause\": \"5s\" }", "Pause is not a key here; did you mean pause?")]
    public void A_value_is_checked(string json, string? fault) => Faults(json).ShouldBe(fault is null ? [] : [fault]);

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{ \"pause\": ")]
    [InlineData("{ \"pause\": \"5s\", \"pause\": \"6s\" }")]
    public void What_is_no_object_is_refused(string json) => Faults(json).Length.ShouldBe(1);

    [Fact]
    public void The_effective_configuration_has_every_key_and_is_a_configuration()
    {
        SettingsFile.Parse("{ \"pause\": \"90s\" }", "/x/hub.json").Read(new Outer(), out var effective);
        effective.ReplaceLineEndings("\n").ShouldBe("""
            {
              "pause": "90s",
              "room": "1GiB",
              "kind": "red",
              "inner": {
                "name": "usual",
                "most": 3
              },
              "addresses": [
                "first"
              ],
              "by": {}
            }
            """);
        Read(effective).Pause.ShouldBe(TimeSpan.FromSeconds(90));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1500", 1500)]
    [InlineData("10GB", 10_000_000_000)]
    [InlineData("512MiB", 536_870_912)]
    [InlineData("1.5 kb", 1500)]
    [InlineData("0.5KiB", 512)]
    [InlineData("10000000TB", -1)]
    [InlineData("-1", -1)]
    [InlineData("10XB", -1)]
    [InlineData("GB", -1)]
    [InlineData("1..5GB", -1)]
    public void Sizes_are_written_as_people_do(string text, long expected) => (Bytes.TryParse(text, out var value) ? value : -1).ShouldBe(expected);

    [Theory]
    [InlineData(0, "0B")]
    [InlineData(1023, "1023B")]
    [InlineData(1024, "1KiB")]
    [InlineData(10_000_000_000, "10GB")]
    [InlineData(1_536, "1536B")]
    public void A_size_is_said_exactly(long value, string text)
    {
        Bytes.Format(value).ShouldBe(text);
        Bytes.TryParse(text, out var again).ShouldBeTrue();
        again.ShouldBe(value);
    }

    [Theory]
    [InlineData("1d2h3m4s5ms")]
    [InlineData("500ms")]
    [InlineData("48h")]
    public void Times_are_written_as_people_do(string text)
    {
        Durations.TryParse(text, out var value).ShouldBeTrue();
        Durations.TryParse(Durations.Format(value), out var again).ShouldBeTrue();
        again.ShouldBe(value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("5 s")]
    [InlineData("-5s")]
    [InlineData("1.5h")]
    [InlineData("99999999999d")]
    public void What_is_no_time_is_refused(string text) => Durations.TryParse(text, out _).ShouldBeFalse();

    private static Outer Read(string json) => SettingsFile.Parse(json, "/x/hub.json").Read(new Outer());

    private static string[] Faults(string json)
    {
        try
        {
            Read(json);
            return [];
        }
        catch (SettingsException e)
        {
            return [.. e.Faults];
        }
    }

    private enum Kind
    {
        Red,
        DarkGreen,
    }

    private sealed record Outer : ISettings<Outer>
    {
        public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(5);

        public long Room { get; init; } = 1L << 30;

        public Inner Inner { get; init; } = new();

        public IReadOnlyList<string> Addresses { get; init; } = ["first"];

        public static Outer Read(SettingsSection from, Outer usual)
        {
            var read = usual with
            {
                Pause = from.Duration("pause", usual.Pause, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7)),
                Room = from.Size("room", usual.Room, 1, 1_000_000_000_000),
            };
            from.Choice("kind", Kind.Red);
            read = read with
            {
                Inner = from.Section("inner", usual.Inner),
                Addresses = from.List("addresses", usual.Addresses, static (string t, out string v) => (v = t).Length > 0, static v => v, "a word"),
            };
            from.Sizes("by", 1, 1_000_000_000_000);
            return read;
        }
    }

    private sealed record Inner : ISettings<Inner>
    {
        public string Name { get; init; } = "usual";

        public int? Most { get; init; } = 3;

        public static Inner Read(SettingsSection from, Inner usual) => usual with
        {
            Name = from.Text("name", usual.Name),
            Most = from.OptionalNumber("most", usual.Most, 1, 10),
        };
    }
}
