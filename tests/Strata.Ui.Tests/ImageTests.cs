using Strata.Oci;
using Strata.Ui.Images;
using Strata.Ui.Parts;

namespace Strata.Ui.Tests;

public sealed class ImageTests
{
    [Fact]
    public void Layers_are_counted_from_0_in_the_address_and_foreign_numbers_are_dropped()
    {
        var selection = LayerSelection.Parse(["2,0", "1x", "4", "-1"], layerCount: 4);
        selection.ToString().ShouldBe("0,2");
        selection.Has(0).ShouldBeTrue();
        selection.Admits(1).ShouldBeFalse();
        selection.Admits(null).ShouldBeFalse();
    }

    [Fact]
    public void No_selection_admits_all_and_leaves_the_address_alone()
    {
        var all = LayerSelection.Parse(null, layerCount: 4);
        all.Admits(null).ShouldBeTrue();
        all.ToString().ShouldBeNull();
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("0:0", true)]
    [InlineData("root", true)]
    [InlineData("1000", false)]
    [InlineData("app:app", false)]
    public void Running_as_root_is_remarked(string? user, bool remarked) =>
        ImageWarnings.Of(Config(new ContainerConfig { User = user, Cmd = ["sh"] })).Any(w => w.StartsWith("Runs as root", StringComparison.Ordinal)).ShouldBe(remarked);

    [Fact]
    public void A_secret_in_the_environment_is_remarked_by_name_never_by_value()
    {
        var warnings = ImageWarnings.Of(Config(new ContainerConfig { User = "app", Cmd = ["sh"], Env = ["DB_PASSWORD=hunter2", "TOKEN_FILE=", "PATH=/bin"] }));
        warnings.ShouldHaveSingleItem().ShouldStartWith("DB_PASSWORD in the environment");
        warnings.ShouldAllBe(w => !w.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_command_is_shown_as_a_shell_takes_it() =>
        CommandLine.Text(["sh", "-c", "echo it's", ""]).ShouldBe("sh -c 'echo it'\\''s' ''");

    [Fact]
    public void An_instruction_in_little_room_has_one_line_and_short_hashes() =>
        InstructionText.OneLine("ADD file:5d68d27cc15a80653c93d3a0b262a28112d47a46326ff5fc2dfbf7fa3b9a0ce8\n  in /").ShouldBe("ADD file:5d68d27cc15a… in /");

    [Theory]
    [InlineData(null, 1, 1, 2)]
    [InlineData(3, 3, 5, 5)]
    [InlineData(99, 3, 5, 5)]
    [InlineData(-4, 1, 1, 2)]
    public void A_page_that_does_not_exist_gives_the_nearest(int? asked, int number, int first, int last)
    {
        var page = PageOf<int>.Of([1, 2, 3, 4, 5], asked, size: 2);
        (page.Number, page.First, page.Last, page.Pages).ShouldBe((number, first, last, 3));
    }

    private static ImageConfig Config(ContainerConfig config) => new() { RootFs = new RootFs { DiffIds = [] }, Config = config };
}
