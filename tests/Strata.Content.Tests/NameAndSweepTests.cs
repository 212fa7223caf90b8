using System.Text;
using Strata.Oci;

namespace Strata.Content.Tests;

public sealed class NameAndSweepTests : StoreFolder
{
    [Fact]
    public void An_empty_store_is_a_valid_layout()
    {
        File.ReadAllText(Path.Combine(Store.Root, "oci-layout")).ShouldContain("\"imageLayoutVersion\":\"1.0.0\"");
        Store.Names().ShouldBeEmpty();
        ContentStore.Open(Store.Root).Names().ShouldBeEmpty();
    }

    [Fact]
    public async Task Names_changed_by_many_at_once_are_all_kept()
    {
        await Parallel.ForAsync(0, 40, (i, _) =>
        {
            var other = ContentStore.Open(Store.Root);
            other.ChangeNames(names => [.. names, Named(i)]);
            return ValueTask.CompletedTask;
        });
        Store.Names().Count.ShouldBe(40);
    }

    [Fact]
    public async Task A_sweep_removes_what_nothing_needs_and_nothing_else()
    {
        var kept = await AddAsync("kept");
        var gone = await AddAsync("gone");
        var swept = Store.TrySweep(() => new NeededContent(new HashSet<Digest> { kept }, _ => true), _ => { }).ShouldNotBeNull();
        swept.Removed.ShouldBe([gone]);
        swept.FreedBytes.ShouldBe(4);
        Store.Contains(kept).ShouldBeTrue();
        Store.Contains(gone).ShouldBeFalse();
    }

    [Fact]
    public async Task While_somebody_has_content_in_flight_nothing_is_swept()
    {
        var fresh = await AddAsync("fresh");
        using (ContentStore.Open(Store.Root).Lease()) Store.TrySweep(() => new NeededContent(new HashSet<Digest>(), _ => true), _ => { }).ShouldBeNull();
        Store.Contains(fresh).ShouldBeTrue();
        Store.TrySweep(() => new NeededContent(new HashSet<Digest>(), _ => true), _ => { }).ShouldNotBeNull();
        Store.Contains(fresh).ShouldBeFalse();
    }

    [Fact]
    public void A_sweep_takes_what_killed_processes_left_half_written()
    {
        File.WriteAllText(Path.Combine(Store.Root, "ingest", "left"), "half");
        _ = Store.TrySweep(() => new NeededContent(new HashSet<Digest>(), _ => true), _ => { });
        Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_that_cannot_be_used_says_so_and_what_to_do()
    {
        var file = Path.Combine(Store.Root, "a-file");
        File.WriteAllText(file, "");
        var failure = Should.Throw<StoreException>(() => ContentStore.Open(file));
        failure.Message.ShouldContain(file);
        failure.Advice.ShouldNotBeNull().ShouldContain("--root");
    }

    private static Descriptor Named(int i) => new()
    {
        MediaType = MediaTypes.OciManifest,
        Digest = Digest.Of(BitConverter.GetBytes(i)),
        Size = 4,
        Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [ContentAnnotations.RefName] = $"image{i}" },
    };

    private async Task<Digest> AddAsync(string text) =>
        (await Store.AddDocumentAsync("text/plain", Encoding.UTF8.GetBytes(text), CancellationToken.None)).Digest;
}
