using CsCheck;
using Strata.Vulnerabilities.Versions;
using Strata.Vulnerabilities.Versions.Debian;

namespace Strata.Vulnerabilities.Tests.Versions;

public sealed class DebianVersionTests
{
    private static readonly VersionOrder Order = VersionOrders.For("deb");

    [Theory]
    [InlineData("1.0", "1.0", VersionRelation.Equal)]
    [InlineData("1.0", "1.0-0", VersionRelation.Equal)]
    [InlineData("1.0", "0:1.0", VersionRelation.Equal)]
    [InlineData("1.00", "1.0", VersionRelation.Equal)]
    [InlineData("1.", "1.0", VersionRelation.Equal)]
    [InlineData("1.0~rc1", "1.0", VersionRelation.Before)]
    [InlineData("1.0~~", "1.0~", VersionRelation.Before)]
    [InlineData("1.0-1~bpo12+1", "1.0-1", VersionRelation.Before)]
    [InlineData("1.0a", "1.0+", VersionRelation.Before)]
    [InlineData("1.0", "1.0a", VersionRelation.Before)]
    [InlineData("1.9", "1.10", VersionRelation.Before)]
    [InlineData("9.9", "1:0.1", VersionRelation.Before)]
    [InlineData("1.2-3-4", "1.2-3-5", VersionRelation.Before)]
    [InlineData("3.0.9-1", "3.0.15-1~deb12u1", VersionRelation.Before)]
    [InlineData("99999999999999999999999999999999999998", "99999999999999999999999999999999999999", VersionRelation.Before)]
    [InlineData("0.0000000000000000000000000000000000000001", "0.2", VersionRelation.Before)]
    public void Versions_stand_as_dpkg_puts_them(string left, string right, VersionRelation relation)
    {
        Order.Compare(left, right).ShouldBe(relation);
        Order.Compare(right, left).ShouldBe(relation == VersionRelation.Before ? VersionRelation.After : VersionRelation.Equal);
    }

    [Theory]
    [InlineData("", "version string is empty")]
    [InlineData("1 2", "version string has embedded spaces")]
    [InlineData(":1", "epoch in version is empty")]
    [InlineData("a:1", "epoch in version is empty")]
    [InlineData("1a:1", "epoch in version is not number")]
    [InlineData("2147483648:1", "epoch in version is too big")]
    [InlineData("-1:1", "epoch in version is negative")]
    [InlineData("1:", "nothing after colon in version number")]
    [InlineData("1-", "revision number is empty")]
    [InlineData("-1", "version number is empty")]
    [InlineData("v1", "version number does not start with digit")]
    [InlineData("1_2", "invalid character in version number")]
    [InlineData("1-2_3", "invalid character in revision number")]
    [InlineData("1\u00e9", "invalid character in version number")]
    public void What_dpkg_calls_invalid_has_no_answer(string version, string why)
    {
        Order.WhyInvalid(version).ShouldBe(why);
        Order.Compare(version, "1").ShouldBe(VersionRelation.Unknown);
        Order.Compare("1", version).ShouldBe(VersionRelation.Unknown);
    }

    [Theory]
    [InlineData("2147483647:1")]
    [InlineData("2147483646:1")]
    [InlineData("1:2:3")]
    [InlineData("-0:1")]
    [InlineData("+1:2")]
    [InlineData(" 1\t")]
    [InlineData("1~")]
    public void What_dpkg_takes_is_taken(string version) => Order.WhyInvalid(version).ShouldBeNull();

    [Fact]
    public void The_order_is_total() => Gen.Select(Versions, Versions, Versions).Sample((a, b, c) =>
    {
        var (x, y, z) = (Parse(a), Parse(b), Parse(c));
        Math.Sign(x.CompareTo(y)).ShouldBe(-Math.Sign(y.CompareTo(x)));
        x.CompareTo(x).ShouldBe(0);
        if (x <= y && y <= z) (x <= z).ShouldBeTrue($"{a} {b} {c}");
        if (x.CompareTo(y) == 0) Math.Sign(x.CompareTo(z)).ShouldBe(Math.Sign(y.CompareTo(z)));
    }, iter: 20_000);

    [Fact]
    public void No_text_makes_it_throw() =>
        Gen.Select(Gen.String, Gen.String).Sample((a, b) => Order.Compare(a, b).ShouldBe(Flipped(Order.Compare(b, a))), iter: 20_000);

    private static VersionRelation Flipped(VersionRelation relation) => relation switch
    {
        VersionRelation.Before => VersionRelation.After,
        VersionRelation.After => VersionRelation.Before,
        _ => relation,
    };

    private static DebianVersion Parse(string text) => DebianVersion.TryParse(text, out var version, out var why) ? version : throw new FormatException(why);

    private static readonly Gen<string> Versions = VersionTexts.Valid;
}
