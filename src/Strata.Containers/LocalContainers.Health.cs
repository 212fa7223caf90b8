namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>Keeps what a health check found, if the container is still the same run.</summary>
    internal void NoteHealth(string id, DateTimeOffset started, Func<HealthState, HealthState> change)
    {
        var folder = _folders.Of(id);
        if (!Directory.Exists(folder.Path)) return;
        using var held = folder.TakeLock();
        if (folder.TryRead() is not { } record || !IsActive(record) || record.State.Started != started) return;
        var before = record.State.Health ?? new HealthState();
        var after = change(before);
        var noted = record with { State = record.State with { Health = after } };
        folder.Write(noted, durable: false);
        if (after.Status != before.Status) _events.Add(noted, "health_status: " + after.Status);
    }

    /// <summary>Starts one again by its policy: that counts.</summary>
    internal async Task RestartByPolicyAsync(string id, CancellationToken cancellationToken) =>
        (await StartAsync(id, attach: false, isRestart: true, cancellationToken).ConfigureAwait(false)).Attachment?.Dispose();
}
