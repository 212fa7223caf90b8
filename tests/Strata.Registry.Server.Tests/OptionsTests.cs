namespace Strata.Registry.Server.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void All_faults_are_named_at_once()
    {
        var options = new RegistryOptions { DataFolder = " ", MaxPage = 0, UploadLifetime = TimeSpan.Zero, ManifestCacheBytes = -1 };
        options.Faults().Count().ShouldBe(4);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(100_000, true)]
    [InlineData(100_001, false)]
    public void A_page_has_a_range(int page, bool valid) =>
        new RegistryOptions { DataFolder = "x", MaxPage = page }.Faults().Any().ShouldBe(!valid);
}
