using CsCheck;
using Strata.Vulnerabilities.Versions;

namespace Strata.Vulnerabilities.Tests.Versions;

/// <summary>The orders whose references are not to be had here, by what their documentation and sources say.</summary>
public sealed class SmallOrderTests
{
    [Theory]
    [InlineData("apk", "1.0 < 1.0.1")]
    [InlineData("apk", "1.2.3_alpha1 < 1.2.3_beta < 1.2.3_pre < 1.2.3_rc2 < 1.2.3 < 1.2.3_cvs < 1.2.3_svn < 1.2.3_git20240101 < 1.2.3_hg < 1.2.3_p1 < 1.2.3a")]
    [InlineData("apk", "1.2.3-r0 < 1.2.3-r1 < 1.2.3-r10 < 1.2.3_p1-r0 < 1.2.3.1-r0")]
    [InlineData("apk", "1.2.3 < 1.2.3-r0")]
    [InlineData("apk", "0.1.0_alpha_pre2 < 0.1.0_alpha")]
    [InlineData("apk", "8.2.0015 < 8.2.002")]
    [InlineData("apk", "1.0 < 1.00")]
    [InlineData("apk", "1.0~1234 < 1.0~abcd")]
    [InlineData("apk", "1.0bc > 1.0")]
    [InlineData("apk", "4_beta < 23_foo")]
    [InlineData("apk", "06 = 6")]
    [InlineData("apk", "1.0 ? v1.0")]
    [InlineData("apk", "1.0 ?")]
    [InlineData("cargo", "1.0.0-alpha < 1.0.0-alpha.1 < 1.0.0-alpha.beta < 1.0.0-beta < 1.0.0-beta.2 < 1.0.0-beta.11 < 1.0.0-rc.1 < 1.0.0")]
    [InlineData("cargo", "1.0.0+1 = 1.0.0+2")]
    [InlineData("cargo", "1.0 ? 1.0.0")]
    [InlineData("cargo", "v1.0.0 ? 1.0.0")]
    [InlineData("cargo", "01.0.0 ? 1.0.0")]
    [InlineData("hex", "1.0.0-dev < 1.0.0")]
    [InlineData("pub", "1.0.0 < 1.0.0+1 < 1.0.0+2 < 1.0.0+a")]
    [InlineData("pub", "1.0.0-dev.1 < 1.0.0-dev.a < 1.0.0")]
    [InlineData("nuget", "1.0 = 1.0.0 = 1.0.0.0 = 1.0.0+build")]
    [InlineData("nuget", "1.0.0-Alpha = 1.0.0-alpha < 1.0.0-BETA < 1.0.0 < 1.0.0.1 < 1.0.1")]
    [InlineData("nuget", "1.0.0-beta.2 < 1.0.0-beta.10")]
    [InlineData("nuget", "a ? 1")]
    [InlineData("go", "1.21rc1 < 1.21.0 < go1.21.1")]
    [InlineData("go", "go1.20rc1 < go1.20 = go1.20.0 < go1.20.1 < go1.21 < go1.21rc1 < go1.21.0")]
    [InlineData("go", "1.21.0-rc.2 = go1.21rc2 < 1.21.0")]
    [InlineData("go", "v1.0.0-20200101000000-abcdefabcdef < v1.0.0 = v1.0.0+incompatible = 1.0.0")]
    [InlineData("go", "(devel) ? 1.0.0")]
    [InlineData("bitnami", "1.2.3 = 1.2.3-0 < 1.2.3-1 < 1.2.3-10 < 1.2.4")]
    [InlineData("bitnami", "1.2.3-rc1 < 1.2.3")]
    [InlineData("bitnami", "1.99 < 1.99.1")]
    [InlineData("cran", "0.1 < 0.1.0 < 0.1-1 < 0.2 < 0.10")]
    [InlineData("cran", "0.1-1 = 0.1.1")]
    [InlineData("cran", "1.a ? 1")]
    [InlineData("hackage", "1 < 1.0 < 1.0.0 < 1.0.1 < 1.2 < 1.10")]
    [InlineData("hackage", "1.01 ? 1.1")]
    [InlineData("conan", "1.0 = 1.0.0 < 1.0.1 < 1.1")]
    [InlineData("conan", "1.2.3-pre < 1.2.3")]
    [InlineData("conan", "cci.20200203 < cci.20210118")]
    public void Versions_stand_in_order(string ecosystem, string order)
    {
        var words = order.Split(' ');
        for (var i = 1; i < words.Length; i += 2)
        {
            var (left, right) = (words[i - 1], i + 1 < words.Length ? words[i + 1] : "");
            Sign(ecosystem, left, right).ShouldBe(words[i], $"{left} {right}");
            var flipped = words[i] switch { "<" => ">", ">" => "<", var same => same };
            Sign(ecosystem, right, left).ShouldBe(flipped, $"{right} {left}");
        }
    }

    [Theory]
    [InlineData("apk")]
    [InlineData("rpm")]
    [InlineData("npm")]
    [InlineData("pypi")]
    [InlineData("maven")]
    [InlineData("gem")]
    [InlineData("nuget")]
    [InlineData("go")]
    [InlineData("cargo")]
    [InlineData("composer")]
    [InlineData("pub")]
    [InlineData("conan")]
    [InlineData("cran")]
    [InlineData("hackage")]
    [InlineData("bitnami")]
    public void No_text_makes_an_order_throw(string ecosystem)
    {
        var order = VersionOrders.For(ecosystem);
        Gen.Select(Gen.String, Gen.String).Sample((a, b) => { order.Compare(a, b); order.Compare("1" + a, "1" + b); }, iter: 3_000);
    }

    private static string Sign(string ecosystem, string left, string right)
    {
        var output = new StringWriter { NewLine = "\n" };
        VersionCompare.Run(ecosystem, new StringReader($"{left}\t{right}\n"), output);
        return output.ToString().Trim();
    }
}
