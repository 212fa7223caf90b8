using Strata.Build.Cache;
using Strata.Build.Dockerfiles;
using Strata.Build.Steps;
using Strata.Build.Trees;

namespace Strata.Build.Graph;

internal sealed partial class StageBuilder
{
    private async Task RunAsync(StageState state, RunInstruction run, StepLog.RunningStep step, CancellationToken cancellationToken)
    {
        if (!Oci.Platform.Host.Accepts(state.Platform) && !ForeignPrograms.CanRun(state.Platform))
            throw run.Line.Fault($"RUN for {state.Platform} cannot be done on {Oci.Platform.Host}", run.Line.Keyword, "install qemu-user-static and binfmt-support, or build the programs in a stage of this machine's platform");
        if (run.IsPrivileged && !session.Options.AllowsInsecure)
            throw run.Line.Fault("security.insecure is not allowed", "--security", "it has all powers of root over this machine: strata build --allow security.insecure");
        var (words, script) = RunCommand.Of(run);
        var arguments = run.Command.IsForShell && script is null ? MetadataSteps.WithShell(state, new CommandLine(words, IsForShell: true)) : words;
        var history = $"RUN {RunCommand.Shown(state, arguments)}";
        var mounts = run.Mounts.Select(m => MountParser.Parse(run.Line, m, w => state.Expand(session.Expander, run, w))).ToArray();
        var sources = new List<(RunMount Mount, FileTree Tree, IReadOnlyList<CopySource> Files)>();
        foreach (var mount in mounts.Where(m => m.Type is RunMountType.Bind || (m.Type is RunMountType.Cache && m.From is not null)))
        {
            var tree = mount.From is { Length: > 0 } from ? await build.SourceAsync(from, plan, cancellationToken).ConfigureAwait(false) : session.Context.Tree;
            sources.Add((mount, tree, new SourceFinder(tree, [], withParents: false).Find(mount.Source.Length == 0 ? "/" : mount.Source)));
        }
        var files = sources.SelectMany(s => StepContent.Of(s.Files).Select(f => ($"{s.Mount.From} {f.Key}".Trim(), f.Value))).DistinctBy(f => f.Item1).ToDictionary(f => f.Item1, f => f.Value, StringComparer.Ordinal);
        foreach (var mount in mounts.Where(m => m.Type == RunMountType.Cache)) session.Export.Mounts[CacheMounts.NameOf(StepProcess.CacheIdOf(state, mount))] = true;
        using var key = NewKey(state, "RUN").Add(arguments).Add(script).Add(state.Variables.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}"))
            .Add(state.Container.User).Add(state.Container.WorkingDir).Add(run.Mounts).Add(mounts.Select(m => m.ToString())).Add(run.Network == RunNetwork.Default && session.Options.Network == "none" ? "None" : run.Network.ToString()).Add(session.Options.ExtraHosts).Add(run.IsPrivileged.ToString())
            .Add(files.OrderBy(f => f.Key, StringComparer.Ordinal).SelectMany(f => (string[])[f.Key, f.Value]));
        await CachedAsync(state, new StepInputs(key.Finish(), history, state.Newest, files, run.Line.StartLine), step, async () =>
        {
            using var process = new StepProcess(session, state, run, step);
            foreach (var (mount, tree, found) in sources) await process.AddFilesAsync(mount, tree, found, cancellationToken).ConfigureAwait(false);
            foreach (var mount in mounts.Except(sources.Select(s => s.Mount))) process.Add(mount);
            if (script is not null) process.AddScript(script);
            return await process.RunAsync(arguments, session.Options.Epoch ?? state.Newest, cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        state.AddHistory(history, hasLayer: true, hasMark: true, session.Options.Epoch);
    }
}
