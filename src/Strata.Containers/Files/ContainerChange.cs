namespace Strata.Containers.Files;

/// <summary>What became of a path in a container.</summary>
/// <param name="Kind">A for added, C for changed, D for deleted.</param>
/// <param name="Path">From the root, with a slash in front.</param>
public sealed record ContainerChange(char Kind, string Path);
