using System.IO.Compression;
using System.Text.Json;
using Strata.Vulnerabilities.Cvss;

namespace Strata.Vulnerabilities.Tests;

public sealed class CvssTests
{
    [Theory]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0)]
    [InlineData("CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1)]
    [InlineData("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 7.8)]
    [InlineData("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H", 5.9)]
    [InlineData("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:L/I:N/A:N", 2.5)]
    [InlineData("CVSS:3.1/AV:P/AC:H/PR:L/UI:R/S:U/C:L/I:L/A:L", 3.7)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:C/C:L/I:L/A:N", 5.5)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0.0)]
    [InlineData("CVSS:3.1/S:U/C:H/I:H/A:H/AV:N/AC:L/PR:N/UI:N/E:P/RL:O", 9.8)]
    public void The_base_score_is_what_the_formula_gives(string vector, double score) => Cvss3.BaseScore(vector).ShouldBe(score);

    [Theory]
    [InlineData("")]
    [InlineData("CVSS:3.1/")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H")]
    [InlineData("CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")]
    [InlineData("CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N")]
    [InlineData("AV:N/AC:L/Au:N/C:P/I:P/A:P")]
    public void What_is_no_complete_vector_has_no_score(string vector) => Cvss3.BaseScore(vector).ShouldBeNull();

    [Theory]
    [InlineData(0.0, Severity.Negligible)]
    [InlineData(0.1, Severity.Low)]
    [InlineData(3.9, Severity.Low)]
    [InlineData(4.0, Severity.Medium)]
    [InlineData(6.9, Severity.Medium)]
    [InlineData(7.0, Severity.High)]
    [InlineData(8.9, Severity.High)]
    [InlineData(9.0, Severity.Critical)]
    [InlineData(10.0, Severity.Critical)]
    public void Ratings_begin_where_the_specification_says(double score, Severity severity) => Cvss3.Rating(score).ShouldBe(severity);

    [Fact]
    public void Thousands_of_vectors_score_as_most_publishers_have_it()
    {
        // Some publishers give an environmental score for a base vector, so a vector that few have used proves nothing.
        var vectors = PublishedScores().GroupBy(p => p.Vector, p => p.Score, StringComparer.Ordinal).Where(v => v.Count() >= 5).ToArray();
        vectors.Length.ShouldBeGreaterThan(300);
        var differences = vectors
            .Select(v => (Vector: v.Key, Published: v.GroupBy(s => s).MaxBy(s => s.Count())!.Key, Ours: Cvss3.BaseScore(v.Key)))
            .Where(v => v.Ours != v.Published);
        differences.ShouldBeEmpty();
    }

    private static IEnumerable<(string Vector, double Score)> PublishedScores()
    {
        using var file = File.OpenRead(SharedData.Advisories("cvss-ssvc.vulnrichment-2024-10.jsonl.gz"));
        using var lines = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.TryGetProperty("vector", out var vector) && IsBase(vector.GetString()!))
                yield return (vector.GetString()!, json.RootElement.GetProperty("score").GetDouble());
        }
    }

    /// <summary>Published scores of longer vectors are temporal or environmental ones.</summary>
    private static bool IsBase(string vector) => vector.StartsWith("CVSS:3", StringComparison.Ordinal) && vector.Count(c => c == '/') == 8;
}
