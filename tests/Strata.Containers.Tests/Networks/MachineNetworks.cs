namespace Strata.Containers.Tests.Networks;

/// <summary>These tests count what is on the machine; nobody else may put containers into networks meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MachineNetworks
{
    public const string Name = "networks of this machine";
}
