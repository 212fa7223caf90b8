using System.Globalization;
using Strata.Build.Dockerfiles;
using Strata.Oci;

namespace Strata.Build.Graph;

/// <summary>The stages of a Dockerfile, and which need which.</summary>
internal sealed class StageGraph
{
    private readonly List<StagePlan> _stages = [];
    private readonly Dictionary<string, StagePlan> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="globals">What words of FROM are expanded with.</param>
    /// <exception cref="BuildException">A FROM cannot be expanded, or stages need each other in a ring.</exception>
    public static StageGraph Plan(ParsedDockerfile dockerfile, WordExpander expander, IReadOnlyDictionary<string, string> globals)
    {
        var graph = new StageGraph();
        foreach (var stage in dockerfile.Stages) graph.Add(stage, expander, globals);
        foreach (var plan in graph._stages) graph.CheckRing(plan, [], []);
        return graph;
    }

    /// <summary>The stage with that name; null is the last one.</summary>
    /// <exception cref="BuildException">There is none.</exception>
    public StagePlan Target(string? name)
    {
        if (name is null) return _stages[^1];
        if (Find(name) is { } named) return named;
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _stages.Count) return _stages[index];
        throw new BuildException($"target stage {GoText.Quote(name)} could not be found{Suggestion.For(name, _byName.Keys)}",
            _byName.Count == 0 ? "no stage of the Dockerfile has a name" : $"the stages are {string.Join(", ", _byName.Keys)}");
    }

    public StagePlan? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The stage that a <c>--from</c> means: by its number, or by its name; null for something else than a stage.</summary>
    /// <exception cref="BuildException">There is no stage of that number.</exception>
    public StagePlan? FindSource(string from)
    {
        if (!int.TryParse(from, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)) return Find(from);
        return index >= 0 && index < _stages.Count ? _stages[index] : throw new BuildException($"invalid stage index {index}", $"the stages are 0 to {_stages.Count - 1}");
    }

    /// <summary>What the instructions of a stage copy or mount from.</summary>
    public static IEnumerable<(BuildInstruction Instruction, string From)> Sources(IEnumerable<BuildInstruction> instructions)
    {
        foreach (var instruction in instructions)
        {
            if (instruction is CopyInstruction { From: { } from }) yield return (instruction, from);
            else if (instruction is RunInstruction run)
                foreach (var mount in run.Mounts)
                    if (MountParser.From(run.Line, mount) is { Length: > 0 } source) yield return (instruction, source);
        }
    }

    private void Add(Stage stage, WordExpander expander, IReadOnlyDictionary<string, string> globals)
    {
        var baseName = stage.Line.Expand(expander, stage.BaseName, globals).Text;
        if (baseName.Length == 0)
            throw stage.Line.Fault($"base name ({stage.BaseName}) should not be blank", stage.BaseName, "give the ARG a default before the first FROM, or --build-arg");
        var plan = new StagePlan(stage, _stages.Count, baseName) { Base = Find(baseName), Platform = PlatformOf(stage, expander, globals) };
        _stages.Add(plan);
        if (stage.Name.Length > 0) _byName[stage.Name] = plan;
    }

    private static Platform? PlatformOf(Stage stage, WordExpander expander, IReadOnlyDictionary<string, string> globals)
    {
        if (stage.Platform.Length == 0) return null;
        var text = stage.Line.Expand(expander, stage.Platform, globals).Text;
        if (text.Length == 0) throw stage.Line.Fault($"empty platform value from expression {stage.Platform}", stage.Platform);
        try
        {
            return PlatformText.Parse(text);
        }
        catch (FormatException e)
        {
            throw stage.Line.Fault($"failed to parse platform {text}: {e.Message}", stage.Platform, inner: e);
        }
    }

    private void CheckRing(StagePlan plan, HashSet<StagePlan> path, HashSet<StagePlan> done)
    {
        if (!done.Add(plan)) return;
        path.Add(plan);
        foreach (var (instruction, from) in Sources(plan.Stage.Instructions))
        {
            if (SourceOf(instruction, from) is not { } source) continue;
            if (path.Contains(source)) throw instruction.Line.Fault($"circular dependency detected on stage: {plan.ShownName}", from, "a stage can copy from stages above it only");
            CheckRing(source, path, done);
        }
        if (plan.Base is not null) CheckRing(plan.Base, path, done);
        path.Remove(plan);
    }

    private StagePlan? SourceOf(BuildInstruction instruction, string from)
    {
        try
        {
            return FindSource(from);
        }
        catch (BuildException e) when (e is not DockerfileException)
        {
            throw instruction.Line.Fault(e.Message, from, e.Advice, e);
        }
    }
}
