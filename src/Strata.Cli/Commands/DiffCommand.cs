using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Cli.Commands.Containers;
using Strata.Cli.Rendering;

namespace Strata.Cli.Commands;

internal static class DiffCommand
{
    public static Command Create()
    {
        var before = Arguments.Image("A");
        var after = Arguments.Image("B");
        after.Arity = ArgumentArity.ZeroOrOne;
        var files = new Option<bool>("--files") { Description = "The files" };
        var packages = new Option<bool>("--packages") { Description = "The packages" };
        var config = new Option<bool>("--config") { Description = "How it runs: env, command, user, ports, labels" };
        var vulnerabilities = new Option<bool>("--vulnerabilities") { Description = "The known vulnerabilities" };
        var platform = Arguments.PlatformOption();
        return new Command("diff", "Compare two images; without an option, files, packages and config. One name alone is a container: what it has changed") { before, after, files, packages, config, vulnerabilities, platform }
            .Does(async (parsed, session, cancellationToken) =>
            {
                if (parsed.GetValue(after) is not { } b) return await ContainerDiff.WriteAsync(session, parsed.GetRequiredValue(before), cancellationToken).ConfigureAwait(false);
                var a = parsed.GetRequiredValue(before);
                var wanted = Arguments.ToPlatform(parsed.GetValue(platform));
                bool Asked(Option<bool> option) => parsed.GetValue(option);
                var all = !Asked(files) && !Asked(packages) && !Asked(config) && !Asked(vulnerabilities);
                var sections = new List<IDiffSection>();
                if (all || Asked(config)) sections.Add(ConfigDiff.Of(session, a, b, wanted));
                if (all || Asked(packages)) sections.Add(await PackageDiff.OfAsync(session, a, b, wanted, cancellationToken).ConfigureAwait(false));
                if (all || Asked(files)) sections.Add(await FileDiff.OfAsync(session, a, b, wanted, cancellationToken).ConfigureAwait(false));
                if (Asked(vulnerabilities)) sections.Add(await VulnerabilityDiff.OfAsync(session, a, b, wanted, cancellationToken).ConfigureAwait(false));
                session.Output.Object(new JsonObject(sections.Select(s => KeyValuePair.Create(s.Name, (JsonNode?)s.ToJson()))), asText: () =>
                {
                    // The console's own writer goes to the kernel for each line; two images may differ in all of theirs.
                    using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 64 * 1024);
                    foreach (var section in sections) Write(output, section, withHeading: sections.Count > 1);
                });
                return ExitCode.Done;
            });
    }

    private static void Write(TextWriter output, IDiffSection section, bool withHeading)
    {
        if (withHeading) output.WriteLine($"{char.ToUpperInvariant(section.Name[0])}{section.Name[1..]}: {section.Summary}");
        foreach (var line in section.Lines()) output.WriteLine((withHeading ? "  " : "") + Terminal.Clean(line));
    }
}

/// <summary>One thing that two images are compared by.</summary>
internal interface IDiffSection
{
    string Name { get; }

    string Summary { get; }

    /// <summary>A line each, the sign first: + for what is new, - for what is gone, ~ for what is different.</summary>
    IEnumerable<string> Lines();

    JsonArray ToJson();
}
