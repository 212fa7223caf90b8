using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Strata.Packages;
using Strata.Vulnerabilities.Versions;

namespace Strata.Vulnerabilities.Tests.Versions;

/// <summary>Holds the order against the reference implementation, where it is installed.</summary>
public sealed partial class DpkgComparisonTests
{
    private const string Dpkg = "/usr/bin/dpkg";

    // One process for all pairs. The module is dpkg's own, but takes digits for floating point numbers: longer ones are left to the program.
    private const string Perl = """
        use Dpkg::Version;
        while (<STDIN>) { chomp; my ($a, $b) = split /\t/, $_, -1;
            my $r = version_compare($a, $b); print $r < 0 ? "<\n" : $r > 0 ? ">\n" : "=\n"; }
        """;

    private const string Shell = """
        while IFS='	' read -r a b; do
          if ! dpkg --validate-version -- "$a" 2>/dev/null || ! dpkg --validate-version -- "$b" 2>/dev/null; then echo '?'
          elif dpkg --compare-versions -- "$a" lt "$b"; then echo '<'
          elif dpkg --compare-versions -- "$a" gt "$b"; then echo '>'
          else echo '='; fi
        done
        """;

    [Fact]
    public async Task Forty_thousand_generated_pairs_stand_as_dpkg_puts_them()
    {
        Require(Dpkg);
        Require("/usr/share/perl5/Dpkg/Version.pm");
        await CompareAsync("perl", ["-e", Perl], [.. Pairs(VersionTexts.Valid, 60_000).Where(p => !LongNumber().IsMatch(p)).Take(40_000)]);
    }

    [Fact]
    public async Task Real_versions_of_this_machine_and_of_advisories_stand_as_dpkg_puts_them()
    {
        Require(Dpkg);
        Require("/usr/share/perl5/Dpkg/Version.pm");
        using var machine = new Strata.Testing.ThisMachine();
        var real = FolderCatalog.Read(machine.Root, TestContext.Current.CancellationToken).Packages.Select(p => p.Version).Distinct(StringComparer.Ordinal).ToArray();
        var pairs = from a in real from b in real.Where((_, i) => i % 7 == 0) select $"{a}\t{b}";
        await CompareAsync("perl", ["-e", Perl], [.. pairs.Take(60_000)]);
    }

    [Fact]
    public async Task What_the_program_dpkg_says_of_wild_texts_is_what_we_say()
    {
        Require(Dpkg);
        await CompareAsync("sh", ["-c", Shell], [.. Pairs(VersionTexts.Wild, 1_000).Where(p => !p.Contains(' ', StringComparison.Ordinal))]);
    }

    [GeneratedRegex("[0-9]{15}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex LongNumber();

    private static void Require(string path)
    {
        if (!File.Exists(path)) Assert.Skip($"{path} is missing, so there is nothing to compare with");
    }

    private static string[] Pairs(Gen<string> versions, int count)
    {
        var pairs = new List<string>(count);
        Gen.Select(versions, versions).Sample((a, b) => pairs.Add($"{a}\t{b}"), iter: count, threads: 1);
        return [.. pairs];
    }

    private static async Task CompareAsync(string program, string[] arguments, string[] pairs)
    {
        pairs.Length.ShouldBeGreaterThan(500);
        var output = new StringWriter();
        VersionCompare.Run("debian", new StringReader(string.Join('\n', pairs)), output);
        var ours = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var theirs = await RunAsync(program, arguments, string.Join('\n', pairs) + "\n");

        theirs.Length.ShouldBe(pairs.Length);
        var differences = pairs.Select((p, i) => $"{p}: ours {ours[i]}, dpkg {theirs[i]}").Where((_, i) => ours[i] != theirs[i]).Take(20);
        differences.ShouldBeEmpty();
    }

    private static async Task<string[]> RunAsync(string program, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
