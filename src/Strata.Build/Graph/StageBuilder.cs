using System.Globalization;
using Strata.Build.Cache;
using Strata.Build.Dockerfiles;
using Strata.Build.Steps;
using Strata.Build.Trees;
using Strata.Layers;

namespace Strata.Build.Graph;

/// <summary>Builds one stage, instruction by instruction.</summary>
internal sealed partial class StageBuilder(BuildSession session, PlatformBuild build, StagePlan plan)
{
    private readonly MetadataSteps _metadata = new(session.Expander, session.Options.Arguments, build.Globals, session.Options.Epoch);
    private IReadOnlyList<BuildInstruction> _instructions = [];
    private int _triggers;
    private int _total;
    private int _step;
    private int _place;

    public async Task<StageState> BuildAsync(CancellationToken cancellationToken)
    {
        Prepare(plan.Stage.Instructions, cancellationToken);
        var state = await BeginAsync(cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < _instructions.Count; i++)
        {
            var instruction = _instructions[i];
            try
            {
                if (_metadata.TryApply(state, instruction)) AddToKey(state, instruction);
                else await StepAsync(state, instruction, isTrigger: i < _triggers, cancellationToken).ConfigureAwait(false);
            }
            catch (BuildException e) when (e is not DockerfileException)
            {
                throw instruction.Line.Fault(e.Message, advice: e.Advice, inner: e);
            }
        }
        return state;
    }

    /// <summary>Stages that are copied from begin at once, not when their turn comes.</summary>
    private void Prepare(IEnumerable<BuildInstruction> instructions, CancellationToken cancellationToken)
    {
        foreach (var (_, from) in StageGraph.Sources(instructions))
            if (build.Graph.Find(from) is { } stage && stage.Index < plan.Index) _ = build.StageAsync(stage, cancellationToken);
    }

    private async Task<StageState> BeginAsync(CancellationToken cancellationToken)
    {
        var isImage = plan.Base is null && plan.BaseName != StagePlan.Scratch;
        StageState? state = null;
        try
        {
            if (isImage)
            {
                Count(plan.Stage.Instructions, withBase: true);
                await session.Steps.RunAsync(StepName($"FROM {plan.BaseName}", isTrigger: false),
                    async _ => state = await build.BeginAsync(plan, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
            else
            {
                state = await build.BeginAsync(plan, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (BuildException e) when (e is not DockerfileException)
        {
            throw plan.Stage.Line.Fault(e.Message, plan.Stage.BaseName, e.Advice, e);
        }
        var triggers = Triggers(state!);
        Prepare(triggers, cancellationToken);
        _instructions = [.. triggers, .. plan.Stage.Instructions];
        _triggers = triggers.Count;
        Count(_instructions, isImage);
        return state!;
    }

    private List<BuildInstruction> Triggers(StageState state)
    {
        var expressions = plan.Base is { } parent
            ? parent.Stage.Instructions.OfType<OnBuildInstruction>().Select(o => o.Expression)
            : state.Container.OnBuild ?? [];
        var triggers = expressions.Select(e => ParsedDockerfile.ParseTrigger(e, plan.BaseName)).ToList();
        if (state.Container.OnBuild is not null) state.Container = state.Container with { OnBuild = null };
        return triggers;
    }

    private void Count(IEnumerable<BuildInstruction> instructions, bool withBase) =>
        _total = (withBase ? 1 : 0) + instructions.Count(i => i is CopyInstruction or RunInstruction or WorkdirInstruction);

    private string StepName(string text, bool isTrigger)
    {
        _step++;
        var platform = session.Options.Platforms.Count > 1 ? $"{build.Platform} " : "";
        var stage = session.Dockerfile.Stages.Count > 1 ? $"{plan.ShownName} " : "";
        var number = _step.ToString(CultureInfo.InvariantCulture).PadLeft(_total.ToString(CultureInfo.InvariantCulture).Length);
        return $"[{platform}{stage}{number}/{_total}] {(isTrigger ? "ONBUILD " : "")}{text}";
    }

    private Task StepAsync(StageState state, BuildInstruction instruction, bool isTrigger, CancellationToken cancellationToken)
    {
        var text = ShownText(state, instruction);
        return session.Steps.RunAsync(StepName(text, isTrigger), step => instruction switch
        {
            CopyInstruction copy => CopyAsync(state, copy, step, cancellationToken),
            WorkdirInstruction workdir => WorkdirAsync(state, workdir, step, cancellationToken),
            RunInstruction run => RunAsync(state, run, step, cancellationToken),
            _ => throw instruction.Line.Fault($"{instruction.Line.Name} cannot be built", instruction.Line.Keyword),
        });
    }

    private string ShownText(StageState state, BuildInstruction instruction)
    {
        var written = instruction.Line.Original.Trim();
        try
        {
            return (session.Expander with { KeepQuotes = true, KeepUnset = true }).Text(written, state.Variables);
        }
        catch (ExpansionException)
        {
            return written;
        }
    }

    private static void AddToKey(StageState state, BuildInstruction instruction)
    {
        // What only changes the config changes no files, but for those that steps look at: they ask the state.
        if (instruction is not (ShellInstruction or UserInstruction)) return;
        using var key = new CacheKey();
        state.Key = key.Add(state.Key).Add(instruction.Line.Name).Add(state.Container.User).Add(state.Container.Shell ?? []).Finish();
    }

    private async Task WorkdirAsync(StageState state, WorkdirInstruction instruction, StepLog.RunningStep step, CancellationToken cancellationToken)
    {
        var path = state.Expand(session.Expander, instruction, instruction.Path);
        var folder = "/" + SlashPath.Rooted(path.StartsWith('/') ? path : $"{state.Container.WorkingDir}/{path}");
        state.Container = state.Container with { WorkingDir = folder };
        var history = $"WORKDIR {folder}";
        if (folder == "/")
        {
            state.AddHistory(history, hasLayer: false, hasMark: false, session.Options.Epoch);
            return;
        }
        using var key = NewKey(state, "WORKDIR").Add(folder).Add(state.Container.User);
        await CachedAsync(state, new StepInputs(key.Finish(), history, state.Newest, null, instruction.Line.StartLine), step, async () =>
        {
            var tree = await session.TreeAsync(state.Layers, cancellationToken).ConfigureAwait(false);
            var owner = state.Container.User is { Length: > 0 } user ? await new OwnerLookup(tree).FindAsync(user, cancellationToken).ConfigureAwait(false) : Owner.Root;
            var layer = new PendingLayer(tree);
            layer.MakeFolders(layer.Resolve(SlashPath.Rooted(folder)), owner, session.Options.Epoch ?? state.Newest);
            return await layer.WriteAsync(session.Store, session.Options.Compression, cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        state.AddHistory(history, hasLayer: true, hasMark: false, session.Options.Epoch);
    }

    private CacheKey NewKey(StageState state, string kind) =>
        new CacheKey().Add(state.Key).Add(kind).Add(session.Options.Epoch?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Takes the layer of a step from the cache, or makes it and keeps it there.</summary>
    private async Task CachedAsync(StageState state, StepInputs inputs, StepLog.RunningStep step, Func<Task<WrittenLayer>> make, CancellationToken cancellationToken)
    {
        using var placeKey = new CacheKey();
        var place = placeKey.Add(session.Context.Place).Add(session.Context.Dockerfile.Name).Add(build.Platform.ToString()).Add(plan.ShownName)
            .Add((_place++).ToString(CultureInfo.InvariantCulture)).Finish();
        var isAllowed = !session.Options.NoCache && !session.Options.NoCacheOf.Contains(plan.Name, StringComparer.OrdinalIgnoreCase);
        var record = isAllowed ? await session.FindStepAsync(inputs.Key, cancellationToken).ConfigureAwait(false) : null;
        step.IsCached = record is not null;
        if (record is not null) session.Cache.KeepIfNew(inputs.Key, place, record);
        if (record is null)
        {
            if (session.Options.OnlyCached) throw new NotCachedException();
            step.Reason = isAllowed ? session.Cache.Reason(place, inputs.Key, state.Key, inputs.Instruction, inputs.Files) : "the cache is not to be used";
            var written = await make().ConfigureAwait(false);
            record = new CacheRecord
            {
                Layer = written.Descriptor,
                DiffId = written.DiffId,
                Form = session.Options.Compression?.ToString(),
                Newest = inputs.Newest,
                Instruction = inputs.Instruction,
                Parent = state.Key,
                Inputs = inputs.Files,
            };
            session.Cache.Keep(inputs.Key, place, record);
        }
        state.AddLayer(new BuiltLayer(record.Layer, record.DiffId, record.Form ?? "") { Line = inputs.Line });
        state.Key = inputs.Key;
        state.Steps.Add(inputs.Key);
        session.Export.Steps[inputs.Key] = record;
        state.Newest = Math.Max(state.Newest, record.Newest);
    }

    /// <param name="Newest">The newest time of what goes in.</param>
    private sealed record StepInputs(string Key, string Instruction, long Newest, IReadOnlyDictionary<string, string>? Files, int Line);
}
