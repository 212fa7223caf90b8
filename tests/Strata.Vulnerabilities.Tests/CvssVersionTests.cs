using Strata.Vulnerabilities.Cvss;

namespace Strata.Vulnerabilities.Tests;

public sealed class CvssVersionTests
{
    /// <summary>Scores that the calculator of FIRST gives.</summary>
    [Theory]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 10.0)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 9.3)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N", 8.7)]
    [InlineData("CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 8.5)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N", 5.1)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0.0)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.7)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N", 6.9)]
    [InlineData("AV:N/AC:L/Au:N/C:C/I:C/A:C", 10.0)]
    [InlineData("AV:N/AC:L/Au:N/C:N/I:N/A:C", 7.8)]
    [InlineData("AV:L/AC:H/Au:N/C:C/I:C/A:C", 6.2)]
    [InlineData("(AV:N/AC:M/Au:N/C:P/I:N/A:N)", 4.3)]
    [InlineData("AV:N/AC:L/Au:N/C:N/I:N/A:N", 0.0)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8)]
    public void A_vector_has_its_score(string vector, double score) => CvssVector.BaseScore(vector).ShouldBe(score);

    [Theory]
    [InlineData("")]
    [InlineData("CVSS:4.0/AV:N")]
    [InlineData("CVSS:4.0/AV:Q/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H")]
    [InlineData("CVSS:4.0/AV:N/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H")]
    [InlineData("CVSS:5.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H")]
    [InlineData("AV:N/AC:L/Au:N/C:C/I:C")]
    public void What_is_no_vector_has_none(string vector) => CvssVector.BaseScore(vector).ShouldBeNull();

    [Fact]
    public void Every_vector_of_version_4_has_a_score_and_a_worse_one_has_no_lower()
    {
        string[] Of(string metric, string letters) => [.. letters.Select(l => $"{metric}:{l}")];
        var random = new Random(4);
        string[][] metrics = [Of("AV", "NALP"), Of("AC", "LH"), Of("AT", "NP"), Of("PR", "NLH"), Of("UI", "NPA"), Of("VC", "HLN"), Of("VI", "HLN"), Of("VA", "HLN"), Of("SC", "HLN"), Of("SI", "HLN"), Of("SA", "HLN")];
        for (var i = 0; i < 5_000; i++)
        {
            var chosen = Array.ConvertAll(metrics, m => random.Next(m.Length));
            double Score(int[] at) => CvssVector.BaseScore("CVSS:4.0/" + string.Join('/', metrics.Select((m, j) => m[at[j]]))).ShouldNotBeNull();
            var score = Score(chosen);
            score.ShouldBeInRange(0, 10);
            var place = random.Next(chosen.Length);
            if (chosen[place] == 0) continue;
            chosen[place]--;
            Score(chosen).ShouldBeGreaterThanOrEqualTo(score - 0.1);
        }
    }
}
