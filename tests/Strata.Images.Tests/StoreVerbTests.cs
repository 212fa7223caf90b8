using Strata.Oci;
using Strata.Testing;

namespace Strata.Images.Tests;

public sealed class StoreVerbTests(HubProcess hub) : ImagesFixture(hub)
{
    [Fact]
    public async Task The_last_name_takes_the_image_and_its_bytes_with_it()
    {
        await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        var alias = Reference.Parse("alias:1");
        Images.Tag(App.ToString(), alias);

        var first = Images.Remove("alias:1", force: false);
        first.Untagged.ShouldBe([alias]);
        first.Deleted.ShouldBeEmpty();

        var last = Images.Remove(App.ToString(), force: false);
        last.FreedBytes.ShouldBeGreaterThan(AppManifest.Layers.Sum(l => l.Size));
        Store.Blobs().ShouldBeEmpty();
        Directory.EnumerateFiles(Store.Layers, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_id_with_several_names_goes_only_by_force()
    {
        await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        Images.Tag(App.ToString(), Reference.Parse("alias:1"));
        var id = AppManifest.Config.Digest.Short;
        Should.Throw<ImageException>(() => Images.Remove(id, force: false)).Message.ShouldContain("2 names");
        Images.Remove(id, force: true).Untagged.Count.ShouldBe(2);
        Images.List().ShouldBeEmpty();
    }

    [Fact]
    public async Task Layers_that_another_image_needs_stay()
    {
        await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        var layer = Images.Inspect(App.ToString()).Layers[0];
        var small = Reference.Parse("small:1");
        await TestImage.NameAsync(Store, small, [new(layer.Descriptor, layer.DiffId)]);
        Images.Remove(App.ToString(), force: false);
        Store.Contains(layer.Descriptor.Digest).ShouldBeTrue();
        Store.Contains(AppManifest.Layers[1].Digest).ShouldBeFalse();
        Images.Inspect("small:1").Layers.Single().UnpackedSize.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_name_that_is_almost_right_is_answered_with_the_right_one()
    {
        await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        var wrong = App.Repository.Split('/')[^1] + ":2";
        Should.Throw<ImageException>(() => Images.Inspect(wrong)).Advice.ShouldNotBeNull().ShouldContain(App.Familiar);
        Should.Throw<ImageException>(() => Images.Inspect("nothing-like-it")).Advice.ShouldBe("bring it with: strata pull nothing-like-it:latest");
    }

    [Fact]
    public async Task History_is_told_from_the_newest_step_with_the_size_of_each_layer()
    {
        await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        var lines = Images.History(App.ToString());
        lines.Select(l => l.Size).ShouldBe([0, "changed".Length + "print(1)".Length, "hello".Length + "127.0.0.1".Length + 300_000]);
        lines[0].Id.ShouldBe(AppManifest.Config.Digest);
        lines[1].Id.ShouldBeNull();
    }

    [Theory]
    [InlineData("/bin/sh -c #(nop)  CMD [\"bash\"]", "CMD [\"bash\"]")]
    [InlineData("/bin/sh -c apt-get update", "RUN apt-get update")]
    [InlineData("RUN /bin/sh -c apt-get update # buildkit", "RUN apt-get update")]
    [InlineData("RUN |1 A=b /bin/sh -c make # buildkit", "RUN make")]
    [InlineData("COPY a b # buildkit", "COPY a b")]
    [InlineData("|2 A=b C=d /bin/sh -c make", "RUN make")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void An_instruction_reads_as_in_a_dockerfile(string? createdBy, string expected) => Instruction.Of(createdBy).ShouldBe(expected);
}
