using Strata.Build.Dockerfiles;
using Strata.Build.Trees;
using Strata.Oci;

namespace Strata.Build.Graph;

/// <summary>A stage as far as it is built: config, layers, variables. A stage that begins from another one begins with a copy.</summary>
internal sealed class StageState
{
    public required ImageConfig Config { get; set; }

    public required List<BuiltLayer> Layers { get; init; }

    public required Platform Platform { get; init; }

    /// <summary>What words are expanded with: the image's environment and the arguments that were declared.</summary>
    public Dictionary<string, string> Variables { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Arguments in the order they were declared.</summary>
    public List<string> Declared { get; init; } = [];

    /// <summary>The cache's name for all that was done so far.</summary>
    public required string Key { get; set; }

    /// <summary>Keys of the steps whose layers it has.</summary>
    public List<string> Steps { get; init; } = [];

    /// <summary>The newest time of what went in, in seconds since 1970.</summary>
    public long Newest { get; set; }

    /// <summary>A CMD of this stage, which an ENTRYPOINT leaves alone.</summary>
    public bool HasCmd { get; set; }

    public ContainerConfig Container
    {
        get => Config.Config ?? new ContainerConfig();
        set => Config = Config with { Config = value };
    }

    /// <summary>What a stage FROM this one begins with.</summary>
    public StageState ForChild() => new()
    {
        // Triggers ran; they are not handed on.
        Config = Config with { Config = Container with { OnBuild = null } },
        Layers = [.. Layers],
        Platform = Platform,
        Variables = new Dictionary<string, string>(Variables, StringComparer.Ordinal),
        Declared = [.. Declared],
        Key = Key,
        Steps = [.. Steps],
        Newest = Newest,
    };

    /// <summary>The history says what was done, in BuildKit's words.</summary>
    /// <param name="hasMark">Steps that made files bear BuildKit's mark.</param>
    public void AddHistory(string text, bool hasLayer, bool hasMark, long? epoch) => Config = Config with
    {
        History = [.. Config.History ?? [], new HistoryEntry
        {
            Created = DateTimeOffset.FromUnixTimeSeconds(epoch ?? Newest),
            CreatedBy = hasMark ? text + " # buildkit" : text,
            Comment = "buildkit.dockerfile.v0",
            EmptyLayer = !hasLayer,
        }],
    };

    public void AddLayer(BuiltLayer layer)
    {
        Layers.Add(layer);
        Config = Config with { RootFs = Config.RootFs with { DiffIds = [.. Layers.Select(l => l.DiffId)] } };
    }

    public string Expand(WordExpander expander, BuildInstruction instruction, string word) => ExpandWhole(expander, instruction, word).Text;

    public Expansion ExpandWhole(WordExpander expander, BuildInstruction instruction, string word) => instruction.Line.Expand(expander, word, Variables);
}
