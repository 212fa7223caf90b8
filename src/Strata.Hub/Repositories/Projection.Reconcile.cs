namespace Strata.Hub;

/// <summary>Brings the catalogue in line with the registry at a start.</summary>
internal sealed partial class Projection
{
    private const int PageSize = 500;

    private async ValueTask ReconcileAsync(CancellationToken stoppingToken)
    {
        try
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var after = ""; !stoppingToken.IsCancellationRequested;)
            {
                var names = _registry.ListRepositories(after, PageSize);
                if (names.Count == 0) break;
                after = names[^1];
                foreach (var name in names)
                {
                    seen.Add(name);
                    await ReconcileAsync(name).ConfigureAwait(false);
                }
                Save();
            }
            if (stoppingToken.IsCancellationRequested) return;
            foreach (var gone in _catalogue.Entries.Where(e => !seen.Contains(e.Name)).ToArray())
                foreach (var tag in gone.Snapshot.Tags.Keys) RemoveTag(gone.Name, tag);
            Save();
        }
#pragma warning disable CA1031 // A hub that could not compare still serves what it knows.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.ReconcileFailed(e);
        }
    }

    private async ValueTask ReconcileAsync(string name)
    {
        var gone = _catalogue.TryFind(name, out var entry) ? entry.Snapshot.Tags.Keys.ToHashSet(StringComparer.Ordinal) : [];
        for (var after = ""; ;)
        {
            var tags = _registry.ListTags(name, after, PageSize);
            if (tags.Count == 0) break;
            after = tags[^1].Name;
            foreach (var tag in tags)
            {
                gone.Remove(tag.Name);
                var known = entry?.Snapshot.Tags.GetValueOrDefault(tag.Name);
                if (known?.Digest != tag.Digest.ToString()) await SetTagAsync(name, tag.Name, tag.Digest, tag.Updated).ConfigureAwait(false);
            }
        }
        foreach (var tag in gone) RemoveTag(name, tag);
    }
}
