using System.Globalization;
using Strata.Vulnerabilities.Versions.Go;

namespace Strata.Vulnerabilities.Tests.Versions;

/// <summary>Pairs of versions: real ones and ones like them, changed at random in the places where an ecosystem's orders differ.</summary>
internal static class VersionPairs
{
    private const int UsualSeed = 20_260;

    /// <summary>The same pairs each time, and others each time in the slow part; that seed is printed, and STRATA_SEED repeats it.</summary>
    public static string[] Of(string ecosystem, int count)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("STRATA_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            ? given
            : Environment.GetEnvironmentVariable("STRATA_SLOW") is { Length: > 0 } ? Random.Shared.Next() : UsualSeed;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (starts, pieces) = Texts(ecosystem);
        var pairs = new List<string>(count);
        while (pairs.Count < count)
        {
            var a = Changed(random, Pick(random, starts), pieces);
            var b = random.Next(4) == 0 ? Changed(random, Pick(random, starts), pieces) : Changed(random, a, pieces);
            // Versions of Go itself are not those of x/mod/semver.
            if (ecosystem != "go" || !GoToolchain.IsMeant(a) && !GoToolchain.IsMeant(b)) pairs.Add($"{a}\t{b}");
        }

        return [.. pairs];
    }

    private static string Changed(Random random, string version, string[] pieces)
    {
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            var at = random.Next(version.Length + 1);
            var end = Math.Min(version.Length, at + random.Next(3));
            version = random.Next(3) switch
            {
                0 => version + Pick(random, pieces),
                1 => version[..at] + Pick(random, pieces) + version[at..],
                _ => version[..at] + version[end..],
            };
        }

        return version;
    }

    private static string Pick(Random random, string[] texts) => texts[random.Next(texts.Length)];

    private static (string[] Starts, string[] Pieces) Texts(string ecosystem) => ecosystem switch
    {
        "rpm" => (
            ["3.0.7-18.el9_2", "1:9.0.62-37.el9_3.1", "2.4.57-5.el9", "0:5.14.0-362.8.1.el9_3", "1.0~rc1-1", "1.0^20230101git-1", "4.18.0", "2021.2-1.module_el8.5.0+2", "1.el9"],
            ["0", "1", "10", "007", ".", "-", "~", "^", "_", "+", "a", "rc1", "git", ":", "1:", ".el9", "Z", "99999999999999999999"]),
        "pypi" => (
            ["1.0", "2.31.0", "1.0a1", "1.0.dev3", "1!2.0", "1.0.post1", "2024.10.1", "1.0rc1.post2.dev3", "1.0+local.1", "v3.2-beta_2", "0.0.0", "1.0-1"],
            ["0", "1", "10", "00", ".", "-", "_", "a", "b", "rc", "c", "dev", "post", "r", "rev", "preview", "pre", "alpha", "beta", "!", "+", "+ubuntu.1", "+1", "V", ".0", ".dev1", "POST"]),
        "gem" => (
            ["1.0.0", "7.0.4.3", "2.0.0.rc1", "1.0.0.pre", "0.10.0", "1.2.b1", "3", "1.0-2", "4.0.0.beta1.1", "0"],
            ["0", "1", "10", "01", ".", "-", "a", "b", "rc", "pre", "Z", ".0", ".0.0", ".a", "beta2", "--"]),
        "npm" => (
            ["1.0.0", "4.17.21", "0.0.1", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-beta.11", "2.0.0-rc.1+build.5", "v1.2.3", "10.20.30", "1.0.0-0.3.7", "1.0.0-x-y-z.--"],
            ["0", "1", "9", "10", "01", ".", "-", "+", "a", "b", "alpha", "Z", ".0", ".1", "-0", "x", "v", "9007199254740991", "9007199254740992"]),
        "maven" => (
            ["1.0", "2.17.1", "1.0-SNAPSHOT", "5.3.20.RELEASE", "1.0-alpha-1", "1.0a1", "31.1-jre", "1.0.0.Final", "2.0-rc2", "1-sp-1", "4.1.77.Final", "9.4.48.v20220622", "1.0.0-M1", "2.3.2-b02"],
            ["0", "1", "2", "10", "00", ".", "-", "_", "a", "b", "m", "alpha", "beta", "rc", "cr", "ga", "final", "release", "sp", "snapshot", "x", "RC", "jre", ".0", "-0", "99999999999999999999"]),
        "composer" => (
            ["1.0.0", "v2.3.4", "1.0.0-beta1", "3.0.0-RC2", "1.0.x-dev", "dev-master", "2.1.0.4", "1.0.0-alpha", "20230101", "2023.01.02", "1.0-patch3", "4.4.0-BETA1", "1.2.3+build", "1.0@stable"],
            ["0", "1", "10", "00", ".", "-", "_", "a", "b", "p", "pl", "alpha", "beta", "RC", "dev", "-dev", "stable", "x", "*", ".x", "v", "+", "master", ".1", "rc", "patch", "99999"]),
        "go" => (
            ["v1.0.0", "v0.0.0-20210101000000-abcdefabcdef", "v2.3.4+incompatible", "v1.2", "v1", "v1.0.0-rc.1", "v0.10.1-0.20230101000000-aaaaaaaaaaaa", "v1.4.0-pre"],
            ["0", "1", "9", "10", "01", ".", "-", "+", "a", "rc", ".0", "-0", "beta", "Z", "v"]),
        _ => throw new ArgumentOutOfRangeException(nameof(ecosystem), ecosystem, "no versions are known"),
    };
}
