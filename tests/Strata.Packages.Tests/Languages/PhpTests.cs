using static Strata.Packages.Tests.Languages.Documents;

namespace Strata.Packages.Tests.Languages;

public sealed class PhpTests
{
    private const string Two = """
        {"name": "Monolog/monolog", "version": "2.9.1", "license": ["MIT"]}, {"name": "psr/log", "version": "v3.0.0", "license": "MIT"}
        """;

    private static readonly string[] Both = ["pkg:composer/monolog/monolog@2.9.1", "pkg:composer/psr/log@v3.0.0"];

    [Theory]
    [InlineData("vendor/composer/installed.json", $"[{Two}]")]
    [InlineData("vendor/composer/installed.json", $$"""{"packages": [{{Two}}], "dev": true, "dev-package-names": []}""")]
    [InlineData("composer.lock", $$"""{"packages": [{{Two}}], "packages-dev": []}""")]
    [InlineData("composer.lock", $$"""{"packages": [], "packages-dev": [{{Two}}]}""")]
    public void Composer_s_lists_are_read_in_every_form(string path, string text) => Purls(path, text).ShouldBe(Both);

    [Theory]
    [InlineData("usr/share/php/installed.json", false)]
    [InlineData("usr/local/lib/php/.registry/archive_tar.reg", true)]
    [InlineData("usr/local/lib/php/.registry/.channel.pecl.php.net/redis.reg", true)]
    [InlineData("windows/system.reg", false)]
    public void Documents_are_where_the_tools_put_them(string path, bool wanted) => IsWanted(path).ShouldBe(wanted);

    [Fact]
    public void What_PECL_registered_is_found_with_its_channel() => Purls(
        "usr/share/php/.registry/.channel.pecl.php.net/redis.reg",
        """
        a:23:{s:7:"attribs";a:6:{s:15:"packagerversion";s:7:"1.10.13";s:7:"version";s:3:"2.0";}s:4:"name";s:5:"redis";s:7:"channel";s:12:"pecl.php.net";s:7:"summary";s:3:"PHP";s:4:"lead";a:4:{s:4:"name";s:6:"A Name";}s:7:"version";a:2:{s:7:"release";s:5:"5.3.7";s:3:"api";s:5:"5.3.0";}}
        """).ShouldBe(["pkg:pear/pecl.php.net/redis@5.3.7"]);
}
