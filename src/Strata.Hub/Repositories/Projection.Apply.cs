using System.Collections.Immutable;
using Strata.Oci;
using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>What one event changes in the catalogue.</summary>
internal sealed partial class Projection
{
    private async ValueTask ApplyAsync(RegistryEvent occurrence)
    {
        try
        {
            switch (occurrence.Kind)
            {
                case RegistryEventKind.TagDeleted:
                    RemoveTag(occurrence.Repository, occurrence.Reference);
                    break;
                case RegistryEventKind.TagMoved:
                    await SetTagAsync(occurrence.Repository, occurrence.Reference, occurrence.Digest, _time.GetUtcNow()).ConfigureAwait(false);
                    break;
                case RegistryEventKind.ManifestPulled when _catalogue.TryFind(occurrence.Repository, out var entry):
                    CountPull(entry);
                    break;
            }
        }
#pragma warning disable CA1031 // One image that cannot be read must not stop the others.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.EventFailed(e, occurrence.Repository, occurrence.Reference);
        }
        Interlocked.Increment(ref _applied);
        Interlocked.Exchange(ref _moved, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private async ValueTask SetTagAsync(string name, string tag, Digest digest, DateTimeOffset pushed)
    {
        if (_registry.FindManifest(name, digest.ToString()) is not { } manifest) return;
        var facts = await _facts.ReadAsync(name, manifest, CancellationToken.None).ConfigureAwait(false);
        var before = _catalogue.TryFind(name, out var entry) ? entry.Repository : new HubRepository { Name = name };
        var entryTag = new HubTag(tag, digest.ToString(), facts.Size, pushed, facts.Platforms);
        Publish(Described(before, facts) with
        {
            Updated = pushed > before.Updated ? pushed : before.Updated,
            Tags = before.Tags.SetItem(tag, entryTag),
        });
        _changes.SetTag(name, entryTag);
    }

    private void RemoveTag(string name, string tag)
    {
        if (!_catalogue.TryFind(name, out var entry) || !entry.Snapshot.Tags.ContainsKey(tag)) return;
        Publish(entry.Repository with { Updated = _time.GetUtcNow(), Tags = entry.Snapshot.Tags.Remove(tag) });
        _changes.RemoveTag(name, tag);
    }

    private void Publish(HubRepository repository)
    {
        _catalogue.Set(repository);
        _changes.Set(repository);
    }

    /// <summary>An image without labels takes nothing away from what an earlier one said.</summary>
    private static HubRepository Described(HubRepository before, ImageFacts facts)
    {
        if (facts.Labels.Count == 0) return before;
        var labels = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var name in (string[])["url", "source", "licenses", "vendor", "version"])
            if (ShortText.Clean(facts.Label(name), most: 500) is { Length: > 0 } value) labels[name] = value;
        return before with
        {
            Title = ShortText.Clean(facts.Label("title"), most: 200) is { Length: > 0 } title ? title : before.Title,
            Description = ShortText.Clean(facts.Label("description"), ShortText.Kept) is { Length: > 0 } text ? text : before.Description,
            Labels = labels.Count > 0 ? labels.ToImmutable() : before.Labels,
        };
    }
}
