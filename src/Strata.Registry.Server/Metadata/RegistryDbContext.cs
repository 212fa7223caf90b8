using Microsoft.EntityFrameworkCore;

namespace Strata.Registry.Server;

/// <summary>
/// The model of the registry's metadata. It is the one place that says which tables there are; the schema is made from it.
/// The hot paths use plain SQL on the same tables.
/// </summary>
internal sealed class RegistryDbContext(DbContextOptions<RegistryDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<RepositoryRow>(e =>
        {
            e.ToTable("repositories").HasKey(r => r.Id);
            e.Property(r => r.Id).HasColumnName("id");
            e.Property(r => r.Name).HasColumnName("name").HasMaxLength(255);
            e.Property(r => r.NamespaceId).HasColumnName("namespace_id").HasDefaultValue(0L);
            e.Property(r => r.Bytes).HasColumnName("bytes").HasDefaultValue(0L);
            e.HasIndex(r => r.Name).IsUnique().HasDatabaseName("ix_repositories_name");
            e.HasIndex(r => r.NamespaceId).HasDatabaseName("ix_repositories_namespace");
        });
        ModelNamespaces(modelBuilder);
        modelBuilder.Entity<BlobRow>(e =>
        {
            e.ToTable("blobs").HasKey(b => new { b.RepositoryId, b.Digest });
            e.Property(b => b.RepositoryId).HasColumnName("repository_id");
            e.Property(b => b.Digest).HasColumnName("digest").HasMaxLength(135);
            e.Property(b => b.Size).HasColumnName("size");
            e.Property(b => b.Refs).HasColumnName("refs").HasDefaultValue(0L);
            e.Property(b => b.Since).HasColumnName("since").HasDefaultValue(0L);
            e.Property(b => b.Hidden).HasColumnName("hidden").HasDefaultValue(0);
            e.HasIndex(b => b.Digest).HasDatabaseName("ix_blobs_digest");
            e.HasIndex(b => b.Since).HasFilter("refs = 0").HasDatabaseName("ix_blobs_unreferenced");
        });
        modelBuilder.Entity<StoredBlobRow>(e =>
        {
            e.ToTable("stored_blobs").HasKey(b => b.Digest);
            e.Property(b => b.Digest).HasColumnName("digest").HasMaxLength(135);
            e.Property(b => b.Size).HasColumnName("size");
            e.Property(b => b.Generation).HasColumnName("generation").HasMaxLength(32);
            e.Property(b => b.Links).HasColumnName("links");
            e.Property(b => b.Damaged).HasColumnName("damaged");
            e.Property(b => b.Checked).HasColumnName("checked");
            e.HasIndex(b => b.Checked).HasDatabaseName("ix_stored_blobs_checked");
        });
        modelBuilder.Entity<ContentRow>(e =>
        {
            e.ToTable("manifest_contents").HasKey(c => c.Digest);
            e.Property(c => c.Digest).HasColumnName("digest").HasMaxLength(135);
            e.Property(c => c.Content).HasColumnName("content");
        });
        modelBuilder.Entity<ManifestRow>(e =>
        {
            e.ToTable("manifests").HasKey(m => new { m.RepositoryId, m.Digest });
            e.Property(m => m.RepositoryId).HasColumnName("repository_id");
            e.Property(m => m.Digest).HasColumnName("digest").HasMaxLength(135);
            e.Property(m => m.MediaType).HasColumnName("media_type").HasMaxLength(255);
            e.Property(m => m.Size).HasColumnName("size");
            e.Property(m => m.ArtifactType).HasColumnName("artifact_type").HasMaxLength(255);
            e.Property(m => m.Subject).HasColumnName("subject").HasMaxLength(135);
            e.Property(m => m.Annotations).HasColumnName("annotations");
            e.Property(m => m.Pushed).HasColumnName("pushed");
            e.Property(m => m.Deleted).HasColumnName("deleted").HasDefaultValue(0L);
            e.HasIndex(m => m.Deleted).HasFilter("deleted > 0").HasDatabaseName("ix_manifests_deleted");
            e.HasIndex(m => m.Digest).HasDatabaseName("ix_manifests_digest");
            e.HasIndex(m => new { m.RepositoryId, m.Subject, m.Digest }).HasDatabaseName("ix_manifests_subject");
        });
        modelBuilder.Entity<AwaitedBlobRow>(e =>
        {
            e.ToTable("awaited_blobs").HasKey(a => new { a.RepositoryId, a.Digest, a.Manifest });
            e.Property(a => a.RepositoryId).HasColumnName("repository_id");
            e.Property(a => a.Digest).HasColumnName("digest").HasMaxLength(135);
            e.Property(a => a.Manifest).HasColumnName("manifest").HasMaxLength(135);
        });
        modelBuilder.Entity<IndexChildRow>(e =>
        {
            e.ToTable("index_children").HasKey(c => new { c.RepositoryId, c.Child, c.Parent });
            e.Property(c => c.RepositoryId).HasColumnName("repository_id");
            e.Property(c => c.Child).HasColumnName("child").HasMaxLength(135);
            e.Property(c => c.Parent).HasColumnName("parent").HasMaxLength(135);
            e.HasIndex(c => new { c.RepositoryId, c.Parent }).HasDatabaseName("ix_index_children_parent");
        });
        modelBuilder.Entity<TagRow>(e =>
        {
            e.ToTable("tags").HasKey(t => new { t.RepositoryId, t.Name });
            e.Property(t => t.RepositoryId).HasColumnName("repository_id");
            e.Property(t => t.Name).HasColumnName("name").HasMaxLength(128);
            e.Property(t => t.Digest).HasColumnName("digest").HasMaxLength(135);
            e.Property(t => t.Updated).HasColumnName("updated");
            e.HasIndex(t => new { t.RepositoryId, t.Digest }).HasDatabaseName("ix_tags_digest");
        });
        modelBuilder.Entity<TagHistoryRow>(e =>
        {
            e.ToTable("tag_history").HasKey(t => new { t.RepositoryId, t.Name, t.Ended, t.Digest });
            e.Property(t => t.RepositoryId).HasColumnName("repository_id");
            e.Property(t => t.Name).HasColumnName("name").HasMaxLength(128);
            e.Property(t => t.Ended).HasColumnName("ended");
            e.Property(t => t.Digest).HasColumnName("digest").HasMaxLength(135);
            e.Property(t => t.Started).HasColumnName("started");
            e.Property(t => t.Deleted).HasColumnName("deleted");
            e.HasIndex(t => new { t.RepositoryId, t.Digest }).HasDatabaseName("ix_tag_history_digest");
            e.HasIndex(t => t.Ended).HasDatabaseName("ix_tag_history_ended");
        });
        modelBuilder.Entity<SchemaRow>(e =>
        {
            e.ToTable("registry_schema").HasKey(s => s.Version);
            e.Property(s => s.Version).HasColumnName("version").ValueGeneratedNever();
        });
    }

    private static void ModelNamespaces(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<NamespaceRow>(e =>
        {
            e.ToTable("namespaces").HasKey(n => n.Id);
            e.Property(n => n.Id).HasColumnName("id");
            e.Property(n => n.Name).HasColumnName("name").HasMaxLength(255);
            e.Property(n => n.Bytes).HasColumnName("bytes");
            e.Property(n => n.Quota).HasColumnName("quota");
            e.HasIndex(n => n.Name).IsUnique().HasDatabaseName("ix_namespaces_name");
        });
        modelBuilder.Entity<NamespaceContentRow>(e =>
        {
            e.ToTable("namespace_contents").HasKey(c => new { c.NamespaceId, c.Digest });
            e.Property(c => c.NamespaceId).HasColumnName("namespace_id");
            e.Property(c => c.Digest).HasColumnName("digest").HasMaxLength(135);
            e.Property(c => c.Links).HasColumnName("links");
            e.Property(c => c.Size).HasColumnName("size");
        });
    }
}
