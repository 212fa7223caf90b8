using System.Text;

namespace Strata.Oci.Tests;

public sealed class DocumentTests
{
    private static readonly Digest Some = Digest.Of("x"u8);

    [Fact]
    public void A_manifest_survives_both_ways()
    {
        var manifest = new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            Config = new Descriptor { MediaType = MediaTypes.OciConfig, Digest = Some, Size = 1 },
            Layers = [new Descriptor { MediaType = MediaTypes.OciLayerGzip, Digest = Some, Size = 1 }],
        };
        Manifest.Parse(manifest.ToBytes()).ToBytes().ShouldBe(manifest.ToBytes());
    }

    [Theory]
    [InlineData("", "not valid")]
    [InlineData("null", "is null")]
    [InlineData("[]", "not valid")]
    [InlineData("{}", "not valid")]
    [InlineData("""{"schemaVersion":1,"config":{"mediaType":"a","digest":"D","size":1},"layers":[]}""", "schemaVersion 1")]
    [InlineData("""{"schemaVersion":2,"config":null,"layers":[]}""", "lacks its config")]
    [InlineData("""{"schemaVersion":2,"config":{"mediaType":"a","digest":"D","size":-1},"layers":[]}""", "-1 bytes")]
    [InlineData("""{"schemaVersion":2,"config":{"mediaType":"a","digest":"sha256:zz","size":1},"layers":[]}""", "not a digest")]
    [InlineData("""{"schemaVersion":2,"config":{"mediaType":"a","digest":"D","size":1},"layers":[null]}""", "layer 1")]
    public void A_broken_manifest_says_what_is_wrong(string json, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(json.Replace("\"D\"", $"\"{Some}\"", StringComparison.Ordinal));
        Should.Throw<DocumentException>(() => Manifest.Parse(bytes)).Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData(Manifest.MaxBytes - 1, true)]
    [InlineData(Manifest.MaxBytes, true)]
    [InlineData(Manifest.MaxBytes + 1, false)]
    public void A_manifest_has_at_most_four_mebibytes(int length, bool accepted)
    {
        var json = $$"""{"schemaVersion":2,"config":{"mediaType":"a","digest":"{{Some}}","size":1},"layers":[]}""";
        var bytes = Encoding.UTF8.GetBytes(json.PadRight(length));
        if (accepted) Manifest.Parse(bytes).Layers.ShouldBeEmpty();
        else Should.Throw<DocumentException>(() => Manifest.Parse(bytes)).Message.ShouldContain("at most");
    }

    [Fact]
    public void History_is_matched_to_layers_past_entries_without_one()
    {
        var config = ImageConfig.Parse(Encoding.UTF8.GetBytes($$"""
            {"rootfs":{"type":"layers","diff_ids":["{{Some}}","{{Some}}","{{Some}}"]},
             "history":[{"created_by":"a"},{"created_by":"ENV","empty_layer":true},{"created_by":"b"}]}
            """));
        config.HistoryOfLayers().Select(h => h?.CreatedBy).ShouldBe(["a", "b", null]);
    }

    [Theory]
    [InlineData("linux/amd64", "linux/amd64", true)]
    [InlineData("linux/amd64", "linux/arm64", false)]
    [InlineData("linux/aarch64", "linux/arm64/v8", true)]
    [InlineData("linux/arm/v7", "linux/arm/v6", false)]
    public void A_platform_accepts_what_runs_on_it(string wanted, string offered, bool accepted) =>
        Platform.Parse(wanted).Accepts(Platform.Parse(offered)).ShouldBe(accepted);
}
