using Microsoft.EntityFrameworkCore;

namespace Strata.Hub;

/// <summary>The model of what the hub keeps; the schema is made from it. All but pulls and stars can be read from the registry again.</summary>
internal sealed class HubDbContext(DbContextOptions<HubDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<RepositoryRow>(e =>
        {
            e.ToTable("hub_repositories").HasKey(r => r.Name);
            e.Property(r => r.Name).HasColumnName("name").HasMaxLength(255);
            e.Property(r => r.Title).HasColumnName("title");
            e.Property(r => r.Description).HasColumnName("description");
            e.Property(r => r.Labels).HasColumnName("labels");
            e.Property(r => r.Stars).HasColumnName("stars");
            e.Property(r => r.Pulls).HasColumnName("pulls");
            e.Property(r => r.Updated).HasColumnName("updated");
        });
        modelBuilder.Entity<TagRow>(e =>
        {
            e.ToTable("hub_tags").HasKey(t => new { t.Repository, t.Name });
            e.Property(t => t.Repository).HasColumnName("repository").HasMaxLength(255);
            e.Property(t => t.Name).HasColumnName("name").HasMaxLength(128);
            e.Property(t => t.Digest).HasColumnName("digest").HasMaxLength(135);
            e.Property(t => t.Size).HasColumnName("size");
            e.Property(t => t.Pushed).HasColumnName("pushed");
            e.Property(t => t.Platforms).HasColumnName("platforms");
        });
        modelBuilder.Entity<SchemaRow>(e =>
        {
            e.ToTable("hub_schema").HasKey(s => s.Version);
            e.Property(s => s.Version).HasColumnName("version").ValueGeneratedNever();
        });
    }
}
