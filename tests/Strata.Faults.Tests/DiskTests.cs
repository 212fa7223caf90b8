namespace Strata.Faults.Tests;

/// <summary>Disks that are full or cannot be written: two lines that say so, and nothing is lost.</summary>
public sealed class DiskTests(Surroundings surroundings)
{
    private const string Full = "strata: the disk is full\n  make room, then run the command again: it goes on where it stopped\n";

    [Theory]
    [InlineData("pull")]
    [InlineData("load")]
    public async Task A_full_disk_is_said_to_be_so_and_after_room_is_made_all_goes_on(string verb)
    {
        using var disk = new SmallDisk("16m");
        var strata = new StrataProgram(Path.Combine(disk.Path, "root"));
        string[] command = verb == "pull" ? ["-q", "pull", surroundings.Image] : ["-q", "load", "-i", surroundings.Archive];
        var result = await strata.TryAsync(command);
        result.Errors.ShouldBe(Full);
        result.Code.ShouldBe(1);
        (await strata.TryAsync("images", "-q")).ShouldBe((0, "", ""));
        await strata.RunAsync("verify");
        Directory.EnumerateFiles(Path.Combine(strata.Root, "ingest")).ShouldAllBe(f => Path.GetFileName(f).StartsWith("sha256-"));

        disk.Remount("size=160m");
        await strata.RunAsync(command);
        await strata.RunAsync("verify", surroundings.Image);
    }

    [Fact]
    public async Task A_root_that_cannot_be_written_is_read_all_the_same()
    {
        using var disk = new SmallDisk("160m");
        var strata = new StrataProgram(Path.Combine(disk.Path, "root"));
        await strata.RunAsync("pull", surroundings.Image);
        disk.Remount("ro");

        (await strata.TryAsync("images", "-q")).Output.Length.ShouldBe(13);
        foreach (var command in (string[])["images", "inspect", "history", "layers", "packages", "ls", "waste", "verify", "df"])
            await strata.RunAsync(command is "images" or "verify" or "df" ? [command] : [command, surroundings.Image]);
        (await strata.TryAsync("cat", surroundings.Image + ":/usr/share/part0-1/file1")).Output.Length.ShouldBeGreaterThan(0);
        await strata.RunAsync("push", surroundings.Image);
        foreach (var command in (string[])["pull", "rmi"])
        {
            var result = await strata.TryAsync("-q", command, surroundings.Image);
            result.Errors.ShouldBe($"strata: the store at {strata.Root} cannot be written: its disk is read-only\n"
                + "  name another folder with --root or $STRATA_ROOT, or make this one yours\n");
            result.Code.ShouldBe(1);
        }
    }
}
