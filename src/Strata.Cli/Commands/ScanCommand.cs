using System.CommandLine;
using Strata.Cli.Completion;
using Strata.Cli.Rendering;
using Strata.Cli.Rendering.Scans;
using Strata.Packages.Formats;
using Strata.Vulnerabilities;
using Strata.Vulnerabilities.Decisions;
using Strata.Vulnerabilities.Matching;

namespace Strata.Cli.Commands;

internal static class ScanCommand
{
    private const string Attached = "attached";
    private static readonly string[] Outputs = ["table", "json", "sarif", "markdown", "cyclonedx"];

    public static Command Create()
    {
        var what = new Argument<string>("REF") { Description = "An image, dir:PATH for a plain folder, or a bill of materials" }.OfImages();
        var failOn = new Option<Severity?>("--fail-on") { Description = "Exit with 3 if anything is found that is at least so severe: low, medium, high, critical", HelpName = "SEVERITY" };
        var failOnExploited = new Option<bool>("--fail-on-kev") { Description = "Exit with 3 if anything is found that is known to be exploited" };
        var failOlder = new Option<int?>("--fail-older-than") { Description = "Exit with 3 if anything could be fixed that was published so many days ago", HelpName = "DAYS" };
        var dataAge = new Option<int?>("--max-data-age") { Description = "Exit with 3 if the advisory data is older", HelpName = "DAYS" };
        var failUnsupported = new Option<bool>("--fail-on-eol") { Description = "Exit with 3 if the distribution's release gets no security updates any more" };
        var failRoot = new Option<bool>("--fail-on-root") { Description = "Exit with 3 if the image's processes are root's" };
        var onlyFixed = new Option<bool>("--only-fixed") { Description = "Only what a newer version of the package fixes" };
        var vex = new Option<string[]>("--vex") { Description = "What was decided: OpenVEX, CSAF, CycloneDX with an analysis, or a list of what to ignore; \"attached\" for what is attached to the image in its registry", HelpName = "FILE" };
        var output = new Option<string>("--output") { Description = string.Join(", ", Outputs), DefaultValueFactory = _ => "table" }.AcceptOnlyFromAmong(Outputs);
        var platform = Arguments.PlatformOption();
        return new Command("scan", "Find known vulnerabilities in an image, offline")
        {
            what, failOn, failOnExploited, failOlder, failUnsupported, failRoot, dataAge, onlyFixed, vex, output, platform,
        }.Does(async (parsed, session, cancellationToken) =>
        {
            var subject = parsed.GetRequiredValue(what);
            var on = Arguments.ToPlatform(parsed.GetValue(platform));
            if (parsed.GetValue(failRoot) && !PackageSource.IsImage(subject)) throw new UsageException($"{subject} is no image: --fail-on-root is for an image");
            var decided = new List<Decision>();
            foreach (var file in parsed.GetValue(vex) ?? [])
                decided.AddRange(file == Attached ? await AttachedDecisions.ReadAsync(session, subject, on, cancellationToken).ConfigureAwait(false) : Read(file));
            var decisions = Checked(new DecisionSet(decided, session.Clock));
            var packages = await PackageSource.ReadAsync(session, subject, on, cancellationToken).ConfigureAwait(false);
            PackageSource.Warn(packages);
            var result = decisions.Apply(session.Scanner.Scan(session.AdvisoryDatabase, packages, cancellationToken));
            Finding[] shown = [.. result.Findings.Where(f => f.FixedVersion is not null || !parsed.GetValue(onlyFixed))];
            var form = session.Output.IsJson ? "json" : parsed.GetRequiredValue(output);
            Write(session, form, new ScanReport(subject, packages, result, shown), () => SbomCommand.SubjectOf(session, subject, on));
            var gate = new Gate
            {
                Severity = parsed.GetValue(failOn),
                Exploited = parsed.GetValue(failOnExploited),
                FixableFor = Days(parsed.GetValue(failOlder)),
                DataAge = Days(parsed.GetValue(dataAge)),
                Supported = parsed.GetValue(failUnsupported),
                NotRoot = parsed.GetValue(failRoot),
            };
            var user = PackageSource.IsImage(subject) ? session.Images.Inspect(subject, on).Config.Config?.User ?? "" : "";
            return Answer(gate.Faults(result, shown, user, session.Clock.GetUtcNow()));
        });
    }

    private static TimeSpan? Days(int? days) => days is { } count ? TimeSpan.FromDays(count) : null;

    private static void Write(Session session, string form, ScanReport report, Func<SbomSubject> subject)
    {
        switch (form)
        {
            case "json":
                Output.Json(ScanJson.Of(report));
                break;
            case "sarif":
                Output.Json(Sarif.Of(report));
                break;
            case "markdown":
                Console.Out.Write(ScanMarkdown.Of(report));
                break;
            case "cyclonedx":
                Output.Json(ScanCycloneDx.Of(report, subject()));
                break;
            default:
                ScanTable.Write(session, report);
                break;
        }
    }

    private static int Answer(IReadOnlyList<string> faults)
    {
        foreach (var fault in faults) Console.Error.WriteLine($"strata: {fault}");
        return faults.Count == 0 ? ExitCode.Done : ExitCode.GateNotMet;
    }

    private static DecisionSet Checked(DecisionSet decisions)
    {
        foreach (var expired in decisions.Expired)
            Console.Error.WriteLine($"strata: {expired.Source}: the decision on {expired.Vulnerabilities[0]} expired; it counts again");
        return decisions;
    }

    private static IReadOnlyList<Decision> Read(string file)
    {
        try
        {
            return DecisionReader.Read(file, fault => Console.Error.WriteLine($"strata: {Path.GetFileName(file)}: {fault}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CommandException($"{file} cannot be read as decisions: {e.Message}", "--vex takes OpenVEX, CSAF, CycloneDX with an analysis, or {\"ignore\": [...]}");
        }
    }
}
