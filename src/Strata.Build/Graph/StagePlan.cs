using Strata.Build.Dockerfiles;
using Strata.Oci;

namespace Strata.Build.Graph;

/// <summary>A stage with what it begins from.</summary>
internal sealed class StagePlan(Stage stage, int index, string baseName)
{
    public const string Scratch = "scratch";

    public Stage Stage => stage;

    public int Index => index;

    /// <summary>What it begins from, variables expanded.</summary>
    public string BaseName => baseName;

    /// <summary>A stage above with that name; null for an image.</summary>
    public StagePlan? Base { get; init; }

    /// <summary>Of <c>--platform</c>; null where none is given.</summary>
    public Platform? Platform { get; init; }

    public string Name => stage.Name;

    /// <summary>As steps show it.</summary>
    public string ShownName => stage.Name.Length > 0 ? stage.Name : $"stage-{index}";
}
