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
            e.HasIndex(r => r.Name).IsUnique().HasDatabaseName("ix_repositories_name");
        });
        modelBuilder.Entity<BlobRow>(e =>
        {
            e.ToTable("blobs").HasKey(b => new { b.RepositoryId, b.Digest });
            e.Property(b => b.RepositoryId).HasColumnName("repository_id");
            e.Property(b => b.Digest).HasColumnName("digest").HasMaxLength(135);
            e.Property(b => b.Size).HasColumnName("size");
            e.HasIndex(b => b.Digest).HasDatabaseName("ix_blobs_digest");
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
            e.HasIndex(m => m.Digest).HasDatabaseName("ix_manifests_digest");
            e.HasIndex(m => new { m.RepositoryId, m.Subject, m.Digest }).HasDatabaseName("ix_manifests_subject");
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
        modelBuilder.Entity<SchemaRow>(e =>
        {
            e.ToTable("registry_schema").HasKey(s => s.Version);
            e.Property(s => s.Version).HasColumnName("version").ValueGeneratedNever();
        });
    }
}
