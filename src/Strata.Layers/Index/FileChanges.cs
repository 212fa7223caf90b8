namespace Strata.Layers;

/// <summary>How many paths a layer adds to, changes in and takes from what is below it.</summary>
public sealed record FileChanges(int Added, int Changed, int Removed);
