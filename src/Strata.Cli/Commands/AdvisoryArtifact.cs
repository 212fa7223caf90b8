using Strata.Content;
using Strata.Oci;
using Strata.Vulnerabilities.Advisories;
using Strata.Vulnerabilities.Publishing;

namespace Strata.Cli.Commands;

/// <summary>
/// The advisory database in a registry, so that machines without the internet need one thing from the hub. With it travel the last deltas:
/// who has the last one fetches a fraction.
/// </summary>
internal sealed class AdvisoryArtifact(Session session, Reference name)
{
    private const int MostDeltas = 7;

    private string Local => session.AdvisoryDatabase;

    /// <summary>Brings the local database to the registry; false when it is what is there already.</summary>
    /// <exception cref="CommandException">There is no local database, or the name is another thing's.</exception>
    public async Task<bool> PublishAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Local)) throw new CommandException("there is no advisory data to publish", "bring some with: strata advisories update");
        using var work = new TemporaryFiles(Local);
        // A copy: an update that comes meanwhile puts another file in its place.
        var database = work.Next();
        File.Copy(Local, database);
        var digest = await DatabaseFiles.DigestAsync(database, cancellationToken).ConfigureAwait(false);
        var before = await FindAsync(cancellationToken).ConfigureAwait(false);
        if (before is not null && DigestOf(before, DatabaseTypes.Whole) == digest) return false;
        var layers = new List<Descriptor>();
        if (before is not null) layers.AddRange(await DeltasAsync(before, database, digest, work, cancellationToken).ConfigureAwait(false));
        var whole = work.Next();
        DatabaseFiles.Compress(database, whole);
        layers.Add(await PutAsync(whole, DatabaseTypes.Whole, [(DatabaseTypes.To, digest.ToString())], cancellationToken).ConfigureAwait(false));
        var config = EmptyDocument.Descriptor;
        await session.Registries.PutBlobAsync(name, config, () => new MemoryStream(EmptyDocument.Bytes.ToArray(), writable: false), mountFrom: null, cancellationToken).ConfigureAwait(false);
        var manifest = new Manifest { MediaType = MediaTypes.OciManifest, ArtifactType = DatabaseTypes.Artifact, Config = config, Layers = layers };
        await session.Registries.PutManifestAsync(name, MediaTypes.OciManifest, manifest.ToBytes(), cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Puts the registry's database in the place of the local one; null when it is that already.</summary>
    /// <exception cref="CommandException">The name is no such artifact's.</exception>
    /// <exception cref="AdvisoryUpdateException">What came is not what was promised; the old one stays.</exception>
    public async Task<AdvisoryStatus?> FetchAsync(CancellationToken cancellationToken)
    {
        var manifest = await FindAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new CommandException($"{name.Registry} has no {name.Familiar}", "publish it there first: strata advisories publish REF");
        var wanted = DigestOf(manifest, DatabaseTypes.Whole)
            ?? throw new CommandException($"the advisory database at {name.Familiar} was made by another version of strata", "publish it with this version");
        var have = File.Exists(Local) ? await DatabaseFiles.DigestAsync(Local, cancellationToken).ConfigureAwait(false) : (Digest?)null;
        if (have == wanted) return null;
        var steps = Chain(manifest, have, wanted);
        return await new AdvisoryReplacement(Local).ReplaceAsync(async path =>
        {
            foreach (var delta in steps) await ReadAsync(delta, stream => DatabaseFiles.Apply(stream, path), cancellationToken).ConfigureAwait(false);
            if (steps.Count == 0)
                await ReadAsync(manifest.Layers.First(l => l.MediaType == DatabaseTypes.Whole), stream => DatabaseFiles.Decompress(stream, path), cancellationToken).ConfigureAwait(false);
        }, wanted, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The deltas that lead from what is here to what is wanted; none when it has to be fetched whole.</summary>
    private static IReadOnlyList<Descriptor> Chain(Manifest manifest, Digest? have, Digest wanted)
    {
        var steps = new List<Descriptor>();
        var deltas = manifest.Layers.Where(l => l.MediaType == DatabaseTypes.Delta).ToList();
        for (var at = have?.ToString(); at is not null && at != wanted.ToString();)
        {
            var next = deltas.Find(d => d.Annotations?.GetValueOrDefault(DatabaseTypes.From) == at);
            if (next is null) return [];
            deltas.Remove(next);
            steps.Add(next);
            at = next.Annotations?.GetValueOrDefault(DatabaseTypes.To);
        }

        var whole = manifest.Layers.First(l => l.MediaType == DatabaseTypes.Whole).Size;
        return steps.Sum(s => s.Size) < whole ? steps : [];
    }

    /// <summary>Those that were there, the newest last, and one from the last database to this one. One that is no smaller than the whole is of no use.</summary>
    private async Task<IReadOnlyList<Descriptor>> DeltasAsync(Manifest before, string database, Digest digest, TemporaryFiles work, CancellationToken cancellationToken)
    {
        if (before.Layers.FirstOrDefault(l => l.MediaType == DatabaseTypes.Whole) is not { } whole || DigestOf(before, DatabaseTypes.Whole) is not { } old) return [];
        var (last, delta) = (work.Next(), work.Next());
        await ReadAsync(whole, stream => DatabaseFiles.Decompress(stream, last), cancellationToken).ConfigureAwait(false);
        DatabaseFiles.WriteDelta(last, database, delta);
        if (new FileInfo(delta).Length >= whole.Size) return [];
        var made = await PutAsync(delta, DatabaseTypes.Delta, [(DatabaseTypes.From, old.ToString()), (DatabaseTypes.To, digest.ToString())], cancellationToken).ConfigureAwait(false);
        return [.. before.Layers.Where(l => l.MediaType == DatabaseTypes.Delta).TakeLast(MostDeltas - 1), made];
    }

    private async Task<Manifest?> FindAsync(CancellationToken cancellationToken)
    {
        if (await session.Registries.FindManifestAsync(name, cancellationToken).ConfigureAwait(false) is null) return null;
        var manifest = Manifest.Parse((await session.Registries.GetManifestAsync(name, cancellationToken).ConfigureAwait(false)).Bytes);
        return manifest.ArtifactType == DatabaseTypes.Artifact ? manifest
            : throw new CommandException($"{name.Familiar} is no advisory database", "name another repository or tag");
    }

    private async Task<Descriptor> PutAsync(string file, string mediaType, (string Key, string Value)[] annotations, CancellationToken cancellationToken)
    {
        var layer = new Descriptor
        {
            MediaType = mediaType,
            Digest = await DatabaseFiles.DigestAsync(file, cancellationToken).ConfigureAwait(false),
            Size = new FileInfo(file).Length,
            Annotations = annotations.ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal),
        };
        if (!await session.Registries.HasBlobAsync(name, layer.Digest, cancellationToken).ConfigureAwait(false))
            await session.Registries.PutBlobAsync(name, layer, () => File.OpenRead(file), mountFrom: null, cancellationToken).ConfigureAwait(false);
        return layer;
    }

    /// <summary>Into a file first: what was read to its end is what its digest says, and only that is taken apart.</summary>
    private async Task ReadAsync(Descriptor layer, Action<Stream> read, CancellationToken cancellationToken)
    {
        using var work = new TemporaryFiles(Local);
        Directory.CreateDirectory(Path.GetDirectoryName(Local)!);
        var fetched = File.Create(work.Next());
        await using (fetched.ConfigureAwait(false))
        {
            try
            {
                var blob = await session.Registries.OpenBlobAsync(name, layer, cancellationToken).ConfigureAwait(false);
                await using (blob.ConfigureAwait(false)) await blob.CopyToAsync(fetched, cancellationToken).ConfigureAwait(false);
            }
            catch (ContentMismatchException e)
            {
                throw new AdvisoryUpdateException($"the advisories were not replaced: {e.Message}", e);
            }

            fetched.Position = 0;
            await Task.Run(() => read(fetched), cancellationToken).ConfigureAwait(false);
        }
    }

    private static Digest? DigestOf(Manifest manifest, string mediaType) =>
        Digest.TryParse(manifest.Layers.FirstOrDefault(l => l.MediaType == mediaType)?.Annotations?.GetValueOrDefault(DatabaseTypes.To), provider: null, out var digest) ? digest : null;
}
