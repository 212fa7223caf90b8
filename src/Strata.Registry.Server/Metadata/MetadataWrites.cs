using System.Data.Common;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>The writes, as prepared statements on the one connection that writes. Each verb runs inside a transaction that its caller commits.</summary>
internal sealed class MetadataWrites : IDisposable
{
    private readonly List<Statement> _all = [];
    private readonly Statement _repository;
    private readonly Statement _addRepository;
    private readonly Statement _blob;
    private readonly Statement _addBlob;
    private readonly Statement _removeBlob;
    private readonly Statement _manifest;
    private readonly Statement _addManifest;
    private readonly Statement _addContent;
    private readonly Statement _removeManifest;
    private readonly Statement _removeContent;
    private readonly Statement _tag;
    private readonly Statement _setTag;
    private readonly Statement _removeTag;
    private readonly Statement _tagsOf;
    private readonly Statement _removeTagsOf;

    public MetadataWrites(DbConnection connection)
    {
        Statement Make(string sql, int parameters)
        {
            var statement = new Statement(connection, sql, parameters);
            _all.Add(statement);
            return statement;
        }

        _repository = Make("SELECT id FROM repositories WHERE name = @p0", 1);
        _addRepository = Make("INSERT INTO repositories (name) VALUES (@p0) RETURNING id", 1);
        _blob = Make("SELECT size FROM blobs WHERE repository_id = @p0 AND digest = @p1", 2);
        _addBlob = Make("INSERT INTO blobs (repository_id, digest, size) VALUES (@p0, @p1, @p2) ON CONFLICT DO NOTHING", 3);
        _removeBlob = Make("DELETE FROM blobs WHERE repository_id = @p0 AND digest = @p1", 2);
        _manifest = Make("SELECT size FROM manifests WHERE repository_id = @p0 AND digest = @p1", 2);
        _addManifest = Make("""
            INSERT INTO manifests (repository_id, digest, media_type, size, artifact_type, subject, annotations, pushed)
            VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7)
            ON CONFLICT (repository_id, digest) DO UPDATE SET media_type = excluded.media_type, pushed = excluded.pushed
            """, 8);
        _addContent = Make("INSERT INTO manifest_contents (digest, content) VALUES (@p0, @p1) ON CONFLICT DO NOTHING", 2);
        _removeManifest = Make("DELETE FROM manifests WHERE repository_id = @p0 AND digest = @p1", 2);
        _removeContent = Make(
            "DELETE FROM manifest_contents WHERE digest = @p0 AND NOT EXISTS (SELECT 1 FROM manifests m WHERE m.digest = @p0)", 1);
        _tag = Make("SELECT digest FROM tags WHERE repository_id = @p0 AND name = @p1", 2);
        _setTag = Make("""
            INSERT INTO tags (repository_id, name, digest, updated) VALUES (@p0, @p1, @p2, @p3)
            ON CONFLICT (repository_id, name) DO UPDATE SET digest = excluded.digest, updated = excluded.updated
            """, 4);
        _removeTag = Make("DELETE FROM tags WHERE repository_id = @p0 AND name = @p1", 2);
        _tagsOf = Make("SELECT name FROM tags WHERE repository_id = @p0 AND digest = @p1 ORDER BY name", 2);
        _removeTagsOf = Make("DELETE FROM tags WHERE repository_id = @p0 AND digest = @p1", 2);
    }

    public DbTransaction? Transaction
    {
        set
        {
            foreach (var statement in _all) statement.Transaction = value;
        }
    }

    public void LinkBlob(string repository, Digest digest, long size) => _addBlob.With(IdOf(repository), digest.ToString(), size).Run();

    /// <summary>False when the repository did not have the blob.</summary>
    public bool UnlinkBlob(string repository, Digest digest) =>
        Find(repository) is { } id && _removeBlob.With(id, digest.ToString()).Run() > 0;

    /// <summary>Keeps the manifest and sets its tags, unless something that it references is missing or has another size.</summary>
    public PutOutcome PutManifest(string repository, Digest digest, ParsedManifest manifest, ReadOnlyMemory<byte> content, IReadOnlyList<string> tags, long now)
    {
        // A repository's name is kept only if the push succeeds: the check needs no row where there is none.
        var known = Find(repository);
        foreach (var descriptor in manifest.Blobs)
        {
            if (Check(_blob, known, descriptor) is { } fault) return fault;
        }
        foreach (var descriptor in manifest.Children)
        {
            // An index may be of more platforms than were copied here; what is there must be what it says.
            if (Check(_manifest, known, descriptor) is { Missing: null } fault) return fault;
        }
        var id = known ?? IdOf(repository);
        var text = digest.ToString();
        _addContent.With(text, content.ToArray()).Run();
        _addManifest.With(
            id, text, manifest.MediaType, (long)content.Length, manifest.ArtifactType, manifest.Subject?.Digest.ToString(), manifest.Annotations, now).Run();
        var moved = new List<string>();
        foreach (var tag in tags)
        {
            if ((string?)_tag.With(id, tag).Value() != text) moved.Add(tag);
            _setTag.With(id, tag, text, now).Run();
        }
        return new PutOutcome(Missing: null, WrongSize: null, moved);
    }

    /// <summary>The digest that the tag named; null when there was no such tag.</summary>
    public Digest? RemoveTag(string repository, string tag)
    {
        if (Find(repository) is not { } id || _tag.With(id, tag).Value() is not string digest) return null;
        _removeTag.With(id, tag).Run();
        return Digest.Parse(digest);
    }

    /// <summary>The tags that named the manifest, which go with it: no listed tag ever answers 404. Null when there was no such manifest.</summary>
    public IReadOnlyList<string>? RemoveManifest(string repository, Digest digest)
    {
        var text = digest.ToString();
        if (Find(repository) is not { } id || _removeManifest.With(id, text).Run() == 0) return null;
        var tags = new List<string>();
        using (var rows = _tagsOf.With(id, text).Rows())
        {
            while (rows.Read()) tags.Add(rows.GetString(0));
        }
        _removeTagsOf.With(id, text).Run();
        _removeContent.With(text).Run();
        return tags;
    }

    public void Dispose()
    {
        foreach (var statement in _all) statement.Dispose();
    }

    private static PutOutcome? Check(Statement size, long? repository, Descriptor descriptor)
    {
        if (repository is null || size.With(repository, descriptor.Digest.ToString()).Value() is not long actual)
            return new PutOutcome(descriptor.Digest, WrongSize: null, []);
        return actual == descriptor.Size ? null : new PutOutcome(Missing: null, (descriptor, actual), []);
    }

    private long? Find(string repository) => (long?)_repository.With(repository).Value();

    private long IdOf(string repository) => Find(repository) ?? (long)_addRepository.With(repository).Value()!;
}

/// <summary>What came of a manifest: kept (with the tags that now name another manifest than before), or the reference that stops it.</summary>
internal sealed record PutOutcome(Digest? Missing, (Descriptor Descriptor, long Actual)? WrongSize, IReadOnlyList<string> MovedTags);
