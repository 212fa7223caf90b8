using System.CommandLine;
using Strata.Build;
using Strata.Cli.Rendering;

namespace Strata.Cli.Commands;

internal static class BuildCommand
{
    public static Command Create()
    {
        var options = new BuildCommandOptions();
        var command = new Command("build", "Make an image from a Dockerfile") { options.Context };
        foreach (var option in options.All) command.Options.Add(option);
        return command.Does(async (parsed, session, cancellationToken) =>
        {
            var build = options.Of(parsed);
            if (parsed.GetValue(options.ExplainContext)) return await ExplainAsync(session, build, cancellationToken).ConfigureAwait(false);
            if (build.Context.Length == 0) throw new UsageException("'strata build' requires a context", "such as: strata build -t NAME .");
            if (options.IsCheck(parsed)) return await CheckAsync(session, build, cancellationToken).ConfigureAwait(false);
            var display = BuildDisplay.Of(session);
            BuiltImage image;
            var debugging = BuildDebugging.Of(parsed.GetValue(options.Debug), parsed.GetValue(options.DebugRun), display, cancellationToken);
            await using (display.ConfigureAwait(false)) image = await session.Builder.BuildAsync(build with { OnFailure = debugging }, display, cancellationToken).ConfigureAwait(false);
            if (options.Attestations.WantsSbom(parsed)) await options.Attestations.AddSbomsAsync(session, image, cancellationToken).ConfigureAwait(false);
            foreach (var output in options.Outputs(parsed)) await new BuildOutputs(session, image).WriteAsync(output, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(options.IdFile) is { } idFile) await File.WriteAllTextAsync(idFile, image.Id.ToString(), cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(options.MetadataFile) is { } metadata) await File.WriteAllTextAsync(metadata, BuildMetadata.Of(image), cancellationToken).ConfigureAwait(false);
            if (session.Output.IsQuiet && !options.Outputs(parsed).Any(o => o.IsToStandardOutput)) await Console.Out.WriteLineAsync(image.Id.ToString()).ConfigureAwait(false);
            return ExitCode.Done;
        });
    }

    /// <summary>1 where there is something to say, as buildx has it.</summary>
    private static async Task<int> CheckAsync(Session session, BuildOptions build, CancellationToken cancellationToken)
    {
        var warnings = await session.Builder.CheckAsync(build, cancellationToken).ConfigureAwait(false);
        foreach (var warning in warnings)
        {
            await Console.Out.WriteLineAsync($"WARNING: {warning.Rule}").ConfigureAwait(false);
            await Console.Out.WriteLineAsync(warning.Description).ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"{warning.File}:{warning.Line}: {warning.Detail}\n").ConfigureAwait(false);
        }
        if (warnings.Count == 0) await Console.Out.WriteLineAsync("Check complete, no warnings found.").ConfigureAwait(false);
        return warnings.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<int> ExplainAsync(Session session, BuildOptions build, CancellationToken cancellationToken)
    {
        var table = new TextTable("", "PATH", "RULE");
        foreach (var file in await session.Builder.ExplainContextAsync(build, cancellationToken).ConfigureAwait(false))
            table.Add(file.IsKept ? "kept" : "dropped", file.Path, file.Rule is null ? "" : $"{file.Rule} ({file.File}:{file.Line})");
        await Console.Out.WriteAsync(table.Render(width: null)).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
