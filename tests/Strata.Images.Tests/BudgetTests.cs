using System.Text;
using Strata.Layers;
using Strata.Oci;
using Strata.Testing;

namespace Strata.Images.Tests;

/// <summary>Pruning by a budget: what goes first, what stays, and that the numbers are those of the disk.</summary>
public sealed class BudgetTests(HubProcess hub) : ImagesFixture(hub)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData("10GB", 10_000_000_000)]
    [InlineData("512MiB", 512 * 1024 * 1024)]
    [InlineData("1.5k", 1500)]
    [InlineData("2 TB", 2_000_000_000_000)]
    [InlineData("4096", 4096)]
    [InlineData("20%", 200)]
    [InlineData("100%", 1000)]
    [InlineData("0", 0)]
    public void Sizes_are_read_as_people_write_them(string text, long bytes)
    {
        DiskAmount.TryParse(text, out var amount).ShouldBeTrue();
        amount.Bytes(disk: 1000).ShouldBe(bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GB")]
    [InlineData("-1GB")]
    [InlineData("101%")]
    [InlineData("1XB")]
    [InlineData("1iB")]
    [InlineData("1.2.3")]
    [InlineData("99999999999999PB")]
    public void What_is_no_size_is_refused(string text) => DiskAmount.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("48h", 48 * 60)]
    [InlineData("1h30m", 90)]
    [InlineData("7d", 7 * 24 * 60)]
    [InlineData("90", null)]
    [InlineData("h", null)]
    [InlineData("", null)]
    [InlineData("999999999d", null)]
    public void Durations_are_read_as_docker_writes_them(string text, int? minutes) => Durations.TryParse(text)?.TotalMinutes.ShouldBe(minutes ?? -1);

    [Theory]
    [InlineData("600", null, null, 600)]
    [InlineData(null, "300", null, 300)]
    [InlineData("600", "800", null, 800)]
    [InlineData(null, null, "50%", 700)]
    [InlineData("600", null, "50%", 600)]
    [InlineData(null, null, "10%", long.MaxValue)]
    [InlineData(null, "950", "100%", 950)]
    [InlineData(null, null, null, 0)]
    public void A_store_of_1000_on_a_disk_of_2000_with_700_free_may_go_on_to_take(string? most, string? reserved, string? free, long limit) =>
        new Budget { MaxUsedSpace = Amount(most), ReservedSpace = Amount(reserved), MinFreeSpace = Amount(free), KeepDuration = TimeSpan.FromDays(1) }
            .Limit(1000, new DiskSpace(2000, 700)).ShouldBe(limit);

    [Fact]
    public async Task What_can_be_made_again_goes_before_images_and_the_longest_unused_first()
    {
        await MakeAsync("old:1", daysUnused: 30, (1, 40_000));
        await MakeAsync("new:1", daysUnused: 1, (2, 40_000));
        var (old, @new) = (Images.Inspect("old:1"), Images.Inspect("new:1"));
        var used = Images.Usage().Bytes;

        Prune(new Budget { MaxUsedSpace = DiskAmount.OfBytes(used) }).ShouldSatisfyAllConditions(p => p.Images.ShouldBeEmpty(), p => p.Derived.ShouldBeEmpty());
        var first = Prune(new Budget { MaxUsedSpace = DiskAmount.OfBytes(used - 1) });
        first.ShouldSatisfyAllConditions(p => p.Images.ShouldBeEmpty(), p => p.Derived.ShouldBe([old.Layers[0].DiffId]));
        LayerIndex.TryLoad(Store.Layers, old.Layers[0].DiffId).ShouldBeNull();
        LayerIndex.TryLoad(Store.Layers, @new.Layers[0].DiffId).ShouldNotBeNull();

        // Its blob, its config and its manifest: one byte less than fits.
        var second = Prune(new Budget { MaxUsedSpace = DiskAmount.OfBytes(BlobBytes() - 1) });
        second.ShouldSatisfyAllConditions(p => p.Derived.ShouldBe([@new.Layers[0].DiffId]), p => p.Untagged.ShouldBe([Reference.Parse("old:1")]));
        Images.List().Select(i => i.Name).ShouldBe([Reference.Parse("new:1")]);

        // It comes back.
        (await Images.FilesAsync("new:1", CancellationToken.None)).List("/").Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_used_lately_or_is_reserved_stays_whatever_the_budget()
    {
        await MakeAsync("old:1", daysUnused: 30, (1, 40_000));
        await MakeAsync("lately:1", daysUnused: 1, (2, 40_000));
        var kept = Prune(new Budget { MaxUsedSpace = DiskAmount.OfBytes(0), KeepDuration = TimeSpan.FromDays(2) });
        kept.ShouldSatisfyAllConditions(p => p.Untagged.ShouldBe([Reference.Parse("old:1")]), p => p.IsWithinBudget.ShouldBeFalse(), p => p.LimitBytes.ShouldBe(0));
        var reserved = Prune(new Budget { MaxUsedSpace = DiskAmount.OfBytes(0), ReservedSpace = DiskAmount.OfBytes(Images.Usage().Bytes) });
        reserved.ShouldSatisfyAllConditions(p => p.Images.ShouldBeEmpty(), p => p.IsWithinBudget.ShouldBeTrue());
    }

    [Fact]
    public async Task Who_uses_the_files_of_an_image_keeps_it()
    {
        await MakeAsync("a:1", daysUnused: 30, (1, 40_000));
        await MakeAsync("b:1", daysUnused: 20, (2, 40_000));
        await Images.FilesAsync("a:1", CancellationToken.None);
        Images.List().Count.ShouldBe(2);
        Prune(new Budget { KeepDuration = TimeSpan.FromDays(1) }).Untagged.ShouldBe([Reference.Parse("b:1")]);
    }

    [Fact]
    public async Task Beginnings_of_downloads_go_by_age_or_first_of_all()
    {
        await MakeAsync("a:1", daysUnused: 30, (1, 40_000));
        var partial = Path.Combine(Store.Root, "ingest", $"sha256-{Digest.Of("x"u8).Hex}");
        await File.WriteAllTextAsync(partial, new string('x', 5000));
        Images.Usage().Ingest.ShouldSatisfyAllConditions(u => u.Bytes.ShouldBe(5000), u => u.ReclaimableBytes.ShouldBe(0));
        Images.Prune(new PruneOptions()).FreedBytes.ShouldBe(0);
        Prune(new Budget { MaxUsedSpace = DiskAmount.OfBytes(Images.Usage().Bytes - 1) })
            .ShouldSatisfyAllConditions(p => p.FreedBytes.ShouldBe(5000), p => p.Derived.ShouldBeEmpty());
        await File.WriteAllTextAsync(partial, new string('x', 5000));
        File.SetLastWriteTimeUtc(partial, Now.UtcDateTime - TimeSpan.FromDays(8));
        Images.Prune(new PruneOptions()).FreedBytes.ShouldBe(5000);
    }

    [Fact]
    public async Task Facts_of_layers_that_nothing_has_any_more_go_with_them()
    {
        await MakeAsync("a:1", daysUnused: 30, (1, 40_000));
        var mine = Fact(Images.Inspect("a:1").Layers[0].DiffId);
        var stray = Fact(Digest.Of("gone"u8));
        Images.Usage().Facts.ReclaimableBytes.ShouldBe(new FileInfo(stray).Length);
        Images.Prune(new PruneOptions()).FreedBytes.ShouldBe(5);
        (File.Exists(mine), File.Exists(stray)).ShouldBe((true, false));
        Images.Remove("a:1", force: false);
        File.Exists(mine).ShouldBeFalse();
    }

    [Fact]
    public async Task Whatever_the_budget_it_is_kept_or_nothing_more_may_go_and_the_numbers_are_the_disks()
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var random = new Random(seed);
            for (var i = random.Next(2, 6); i > 0; i--)
            {
                var layers = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(6)).Distinct().Select(n => (n, 3000 * (n + 1))).ToArray();
                await MakeAsync($"image{i}:{seed}", random.Next(1, 60), layers);
                if (random.Next(3) == 0) Fact(Images.Inspect($"image{i}:{seed}").Layers[0].DiffId);
            }
            var partial = Path.Combine(Store.Root, "ingest", $"sha256-{Digest.Of(Encoding.UTF8.GetBytes($"{seed}")).Hex}");
            await File.WriteAllTextAsync(partial, new string('x', random.Next(1, 9000)));
            File.SetLastWriteTimeUtc(partial, Now.UtcDateTime - TimeSpan.FromDays(random.Next(10)));

            var used = Images.Usage().Bytes;
            DiskAmount? Some(int chance) => random.Next(chance) == 0 ? null : DiskAmount.OfBytes(random.NextInt64(used + 1));
            var budget = new Budget { MaxUsedSpace = Some(9), ReservedSpace = Some(2), KeepDuration = random.Next(2) == 0 ? null : TimeSpan.FromDays(random.Next(60)) };
            var before = BytesOnDisk();
            before.ShouldBe(used, $"seed {seed}");
            var would = Images.Prune(new PruneOptions { Budget = budget, DryRun = true });
            BytesOnDisk().ShouldBe(before, $"seed {seed}");

            var pruned = Images.Prune(new PruneOptions { Budget = budget });
            (pruned.FreedBytes, pruned.UsedBytes, pruned.IsWithinBudget).ShouldBe((would.FreedBytes, would.UsedBytes, would.IsWithinBudget), $"seed {seed}");
            pruned.Images.ShouldBe(would.Images, ignoreOrder: true, $"seed {seed}");
            (before - BytesOnDisk()).ShouldBe(pruned.FreedBytes, $"seed {seed}");
            Images.Usage().Bytes.ShouldBe(pruned.UsedBytes, $"seed {seed}");
            if (!pruned.IsWithinBudget)
            {
                // Then whatever is left alone would break a promise: used lately, or more than may go.
                var reserved = budget.ReservedSpace?.Bytes(0) ?? 0;
                var since = Now - (budget.KeepDuration ?? TimeSpan.Zero);
                foreach (var image in Images.Usage().Images)
                    (Store.LastUsed(image.Manifest) >= since || pruned.UsedBytes - image.UniqueBytes < reserved).ShouldBeTrue($"seed {seed}: {image.Names[0]}");
            }
            Images.Prune(new PruneOptions { Budget = budget }).FreedBytes.ShouldBe(0, $"seed {seed}");
            (await Images.VerifyAsync(nameOrId: null, CancellationToken.None)).IsClean.ShouldBeTrue($"seed {seed}");
        }
    }

    private static DiskAmount? Amount(string? text) => DiskAmount.TryParse(text, out var amount) ? amount : null;

    private PrunedImages Prune(Budget budget) => Images.Prune(new PruneOptions { Budget = budget });

    /// <summary>An image of layers that are told apart by a number, indexed, and last used so many days ago.</summary>
    private async Task MakeAsync(string name, int daysUnused, params (int Number, int Size)[] layers)
    {
        var written = new List<WrittenLayer>();
        foreach (var (number, size) in layers)
        {
            var content = new byte[size];
            new Random(number).NextBytes(content);
            written.Add(await new LayerTar().File($"f{number}", Convert.ToBase64String(content)).WriteToAsync(Store));
        }
        await TestImage.NameAsync(Store, Reference.Parse(name), written);
        var image = Images.Inspect(name);
        await Images.ObserveLayersAsync(image, CancellationToken.None);
        File.SetLastWriteTimeUtc(Store.BlobPath(image.ManifestDescriptor.Digest), Now.UtcDateTime - TimeSpan.FromDays(daysUnused));
    }

    private string Fact(Digest diffId)
    {
        var path = Path.Combine(Store.Facts, "packages", "sha256", diffId.Hex + ".json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "facts");
        return path;
    }

    private long BlobBytes() => Store.Blobs().Sum(b => b.Size);

    /// <summary>Blobs, facts and downloads by their length, what is derived of layers by its blocks.</summary>
    private long BytesOnDisk() => new[] { "blobs", "ingest", "facts" }
        .Sum(f => new DirectoryInfo(Path.Combine(Store.Root, f)).EnumerateFiles("*", SearchOption.AllDirectories).Sum(i => i.Length))
        + RealTool.Output("find", Store.Layers, "-mindepth", "3", "-printf", "%b\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Sum(b => long.Parse(b, System.Globalization.CultureInfo.InvariantCulture) * 512);
}
