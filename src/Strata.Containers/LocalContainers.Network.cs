using Strata.Containers.Records;

namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>How the runtime makes the network namespace: a path, empty for a new one, null for the host's.</summary>
    private async Task<string?> ConnectAsync(ContainerFolder folder, ContainerRecord record, CancellationToken cancellationToken)
    {
        var mode = record.Spec.Network.Mode;
        if (mode == "host") return null;
        if (mode == "none") return "";
        if (!mode.StartsWith("container:", StringComparison.Ordinal)) throw new ContainerException($"network {mode} not found", "there are none and host");
        var other = await FindAsync(mode["container:".Length..], cancellationToken).ConfigureAwait(false);
        return IsActive(other) ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/proc/{other.State.Pid}/ns/net")
            : throw new ContainerException($"cannot join network of a non running container: {other.Name}", "start that one first");
    }

    private static IReadOnlyList<string> NameServers(ContainerRecord record) => [];

    private static Task DisconnectAsync(ContainerFolder folder, ContainerRecord record) => Task.CompletedTask;
}
