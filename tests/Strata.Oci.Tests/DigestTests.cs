using System.Text;

namespace Strata.Oci.Tests;

public sealed class DigestTests
{
    private const string EmptySha256 = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void The_digest_of_nothing_is_the_known_one() => Digest.Of([]).ToString().ShouldBe(EmptySha256);

    [Fact]
    public void Sha512_is_a_registered_algorithm()
    {
        var digest = Digest.Of(Encoding.UTF8.GetBytes("abc"), DigestAlgorithm.Sha512);
        Digest.Parse(digest.ToString()).ShouldBe(digest);
        digest.Algorithm.ShouldBe(DigestAlgorithm.Sha512);
        digest.Hex.Length.ShouldBe(128);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256:")]
    [InlineData("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555")]
    [InlineData("md5:d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("sha256:../../../../../../../../../../../../../../../../../../etc/passwd0000")]
    public void What_is_no_digest_is_refused(string text) => Digest.TryParse(text, null, out _).ShouldBeFalse();
}
