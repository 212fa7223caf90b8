using System.Globalization;
using Strata.Testing;
using Strata.Vulnerabilities.Cvss;

namespace Strata.Vulnerabilities.Tests;

/// <summary>Another implementation of all versions of CVSS judges our scores: every base vector, and many with threat and environmental metrics.</summary>
public sealed class CvssJudgeTests : IDisposable
{
    private const string Script = """
        const { Cvss2, Cvss3P0, Cvss3P1, Cvss4P0 } = require(process.argv[1] + '/dist/ae-cvss-calculator.js');
        const of = v => v.startsWith('CVSS:4') ? new Cvss4P0(v).calculateScores().overall
          : v.startsWith('CVSS:3.1') ? new Cvss3P1(v).calculateScores().base
          : v.startsWith('CVSS:3.0') ? new Cvss3P0(v).calculateScores().base
          : new Cvss2(v).calculateScores().base;
        console.log(require('fs').readFileSync(process.argv[2], 'utf8').trim().split('\n').map(of).join('\n'));
        """;

    private static readonly string[] BaseOf3 = ["AV:NALP", "AC:LH", "PR:NLH", "UI:NR", "S:UC", "C:HLN", "I:HLN", "A:HLN"];
    private static readonly string[] BaseOf4 = ["AV:NALP", "AC:LH", "AT:NP", "PR:NLH", "UI:NPA", "VC:HLN", "VI:HLN", "VA:HLN", "SC:HLN", "SI:HLN", "SA:HLN"];
    private static readonly string[] RestOf4 =
    [
        "E:XAPU", "CR:XHML", "IR:XHML", "AR:XHML", "MAV:XNALP", "MAC:XLH", "MAT:XNP", "MPR:XNLH", "MUI:XNPA", "MVC:XHLN", "MVI:XHLN", "MVA:XHLN", "MSC:XHLN", "MSI:XSHLN", "MSA:XSHLN",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("strata-cvss-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task Version_2() => JudgeAsync([.. All("", ["AV:LAN", "AC:HML", "Au:MSN", "C:NPC", "I:NPC", "A:NPC"])]);

    [Theory]
    [InlineData("CVSS:3.0/")]
    [InlineData("CVSS:3.1/")]
    public Task Version_3(string prefix) => JudgeAsync([.. All(prefix, BaseOf3)]);

    [Fact]
    public Task Version_4() => JudgeAsync([.. All("CVSS:4.0/", BaseOf4)]);

    [Fact]
    public Task Version_4_with_threats_and_environments()
    {
        var random = new Random(4);
        string Vector(int density)
        {
            var rest = RestOf4.Where(_ => random.Next(4) < density).Select(Any);
            return "CVSS:4.0/" + string.Join('/', BaseOf4.Select(Any).Concat(rest));
        }

        string Any(string metric)
        {
            var (name, letters) = Parts(metric);
            return $"{name}:{letters[random.Next(letters.Length)]}";
        }

        return JudgeAsync([.. Enumerable.Range(0, 50_000).Select(i => Vector(i % 4 + 1))]);
    }

    private async Task JudgeAsync(string[] vectors)
    {
        var judge = await NpmPackage.RequireAsync("ae-cvss-calculator", "1.0.13");
        var file = Path.Combine(_folder, "vectors");
        await File.WriteAllLinesAsync(file, vectors, TestContext.Current.CancellationToken);
        var said = (await RealTool.RunAsync("node", "-e", Script, judge, file)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        said.Length.ShouldBe(vectors.Length);
        vectors.Zip(said, (v, s) => (Vector: v, Judge: s, Ours: CvssVector.BaseScore(v)?.ToString(CultureInfo.InvariantCulture) ?? "none"))
            .Where(v => v.Judge != v.Ours).Take(20).ShouldBeEmpty();
    }

    private static IEnumerable<string> All(string prefix, string[] metrics)
    {
        IEnumerable<string> vectors = [prefix];
        for (var i = 0; i < metrics.Length; i++)
        {
            var (name, letters) = Parts(metrics[i]);
            var slash = i == 0 ? "" : "/";
            vectors = vectors.SelectMany(v => letters.Select(l => $"{v}{slash}{name}:{l}"));
        }
        return vectors;
    }

    private static (string Name, string Letters) Parts(string metric)
    {
        var colon = metric.IndexOf(':', StringComparison.Ordinal);
        return (metric[..colon], metric[(colon + 1)..]);
    }
}
