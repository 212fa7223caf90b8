using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Strata.Vulnerabilities.Matching;
using Strata.Vulnerabilities.Osv;
using Strata.Vulnerabilities.Versions;

namespace Strata.Vulnerabilities.Tests;

public sealed class OsvEvaluationTests
{
    [Theory]
    [InlineData("introduced 0, fixed 2", "1", true, "2")]
    [InlineData("introduced 0, fixed 2", "2~rc1", true, "2")]
    [InlineData("introduced 0, fixed 2", "2", false, null)]
    [InlineData("introduced 0, fixed 2", "2-0", false, null)]
    [InlineData("introduced 0, fixed 2", "0~~", true, "2")]
    [InlineData("fixed 2, introduced 0", "1", true, "2")]
    [InlineData("introduced 0", "999", true, null)]
    [InlineData("introduced 1, fixed 2", "1~", false, null)]
    [InlineData("introduced 1, fixed 2", "1", true, "2")]
    [InlineData("introduced 1, fixed 2, introduced 3, fixed 4", "2.5", false, null)]
    [InlineData("introduced 3, fixed 4, introduced 1, fixed 2", "3", true, "4")]
    [InlineData("introduced 1, fixed 2, introduced 3, fixed 4", "1", true, "2")]
    [InlineData("introduced 0, last_affected 2", "2", true, null)]
    [InlineData("introduced 0, last_affected 2", "2-0", true, null)]
    [InlineData("introduced 0, last_affected 2", "2+", false, null)]
    [InlineData("introduced 0, last_affected 2, introduced 3, fixed 4", "1", true, "4")]
    [InlineData("introduced 0, limit 2", "1", true, null)]
    [InlineData("introduced 0, limit 2", "2", false, null)]
    [InlineData("introduced 0, limit *", "9", true, null)]
    [InlineData("introduced 0, limit 2, limit 5", "4", true, null)]
    [InlineData("introduced 2, fixed 2", "2", false, null)]
    [InlineData("introduced 0, fixed 1, introduced 1, fixed 3", "1", true, "3")]
    [InlineData("", "1", false, null)]
    public void A_range_is_walked_in_the_order_of_its_versions(string events, string version, bool affected, string? fix)
    {
        var verdict = Evaluate(Records.Advisory("X", "x", events), version);
        (verdict.IsAffected, verdict.Fixed).ShouldBe((affected, fix));
    }

    [Theory]
    [InlineData("1.5", "1.9")]
    [InlineData("2.0", "2.3")]
    [InlineData("1.9", null)]
    public void Each_branch_has_its_own_fix(string version, string? fix)
    {
        var record = Records.Advisory("X", "x", "introduced 0, fixed 1.9");
        record["affected"]![0]!["ranges"]!.AsArray().Add(new JsonObject { ["type"] = "ECOSYSTEM", ["events"] = Records.Events("introduced 2.0, fixed 2.3") });
        var verdict = Evaluate(record, version);
        (verdict.IsAffected, verdict.Fixed).ShouldBe((fix is not null, fix));
    }

    [Fact]
    public void A_fix_that_is_itself_affected_is_none()
    {
        var record = Records.Advisory("X", "x", "introduced 0, fixed 1.9");
        record["affected"]![0]!["ranges"]!.AsArray().Add(new JsonObject { ["type"] = "ECOSYSTEM", ["events"] = Records.Events("introduced 1.5") });
        Evaluate(record, "1.0").Fixed.ShouldBeNull();
    }

    [Fact]
    public void A_listed_version_is_affected_however_it_is_written()
    {
        var record = Records.Advisory("X", "x", "introduced 5, fixed 6");
        record["affected"]![0]!["versions"] = new JsonArray("1.0-1", "1.0-2");
        Evaluate(record, "1.0-1").IsAffected.ShouldBe(true);
        Evaluate(record, "0:1.0-1").Why.ShouldBe("is in the list of affected versions of Debian:12");
        Evaluate(record, "1.0-3").IsAffected.ShouldBe(false);
    }

    [Theory]
    [InlineData("introduced 0, fixed 3.0.15-1", "is before 3.0.15-1, fixed in Debian:12")]
    [InlineData("introduced 2, fixed 3.0.15-1", "is at or after 2 and before 3.0.15-1, fixed in Debian:12")]
    [InlineData("introduced 0", "is affected like every version in Debian:12, without a fix so far")]
    [InlineData("introduced 2", "is at or after 2 in Debian:12, without a fix so far")]
    [InlineData("introduced 2, last_affected 4", "is at or after 2 and not after 4, the last affected version in Debian:12, without a fix so far")]
    public void The_rule_is_said_in_words(string events, string words) => Evaluate(Records.Advisory("X", "x", events), "3.0.9-1").Why.ShouldBe(words);

    [Theory]
    [InlineData("introduced 0, fixed v2", "1", "the record's version 'v2' is none: version number does not start with digit")]
    [InlineData("introduced 0, fixed 2", "one", "'one' is no version: version number does not start with digit")]
    public void What_is_no_version_leaves_it_undecided(string events, string version, string why)
    {
        var verdict = Evaluate(Records.Advisory("X", "x", events), version);
        verdict.IsAffected.ShouldBeNull();
        verdict.Why.ShouldBe(why);
    }

    [Fact]
    public void Git_ranges_say_nothing_about_versions()
    {
        var record = Records.Advisory("X", "x", "introduced 0");
        record["affected"]![0]!["ranges"]![0]!["type"] = "GIT";
        Evaluate(record, "1").IsAffected.ShouldBe(false);
    }

    [Fact]
    public void Affected_means_between_an_introduction_and_the_next_end() =>
        Gen.Select(Gen.Select(Gen.Int[1, 30], Gen.Bool).Array[0, 6], Gen.Int[0, 31], Gen.Bool).Sample((events, version, fromStart) =>
        {
            var distinct = events.DistinctBy(e => e.Item1).Select(e => (At: e.Item1, Starts: e.Item2)).ToArray();
            var text = string.Join(", ", distinct.Select(e => $"{(e.Starts ? "introduced" : "fixed")} {e.At}").Prepend(fromStart ? "introduced 0" : "fixed 0"));
            var last = distinct.Where(e => e.At <= version).OrderBy(e => e.At).Select(e => (bool?)e.Starts).LastOrDefault() ?? fromStart;
            Evaluate(Records.Advisory("X", "x", text), version.ToString(System.Globalization.CultureInfo.InvariantCulture)).IsAffected.ShouldBe(last);
        }, iter: 5_000);

    private static Verdict Evaluate(JsonObject record, string version)
    {
        var parsed = OsvParser.Parse(Encoding.UTF8.GetBytes(record.ToJsonString()));
        return new OsvEvaluation(VersionOrders.For("deb"), parsed.Affected[0].Versions).Of(version, "Debian:12");
    }
}
