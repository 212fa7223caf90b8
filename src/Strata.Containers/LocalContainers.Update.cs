using System.Text.Json;
using Strata.Containers.Runtime;

namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>Changes what a container may use, and whether it is started again; one that runs feels it at once.</summary>
    /// <exception cref="ContainerException">There is none such, or the host does not permit it.</exception>
    public async Task<ContainerRecord> UpdateAsync(string nameOrId, Func<ResourceLimits, ResourceLimits> change, RestartPolicy? restart, CancellationToken cancellationToken)
    {
        var found = await FindAsync(nameOrId, cancellationToken).ConfigureAwait(false);
        var folder = _folders.Of(found.Id);
        using var held = folder.TakeLock();
        var record = folder.TryRead() ?? throw NoSuch(nameOrId);
        var changed = record with { Spec = record.Spec with { Resources = change(record.Spec.Resources), Restart = restart ?? record.Spec.Restart } };
        if (changed.Spec.AutoRemove && changed.Spec.Restart.Name != "no") throw new ContainerException("Restart policy cannot be updated because AutoRemove is enabled for the container", "make it without --rm");
        if (IsActive(record) && changed.Spec.Resources != record.Spec.Resources)
        {
            var file = folder.Below("resources.json");
            await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(Cgroups.Resources(changed.Spec.Resources, null, _options.Warn), RuntimeJson.Default.RuntimeResources), cancellationToken).ConfigureAwait(false);
            await RuntimeProgram.Find(record.Spec.Runtime, folder.RuntimeState).DoAsync(["update", "--resources", file, record.Id], cancellationToken).ConfigureAwait(false);
            File.Delete(file);
        }
        folder.Write(changed, durable: true);
        _events.Add(changed, "update");
        return changed;
    }
}
