using Microsoft.EntityFrameworkCore;

namespace Strata.Hub;

/// <summary>The model of what is kept of scans; the schema is made from it. All of it can be made again from the registry.</summary>
internal sealed class ScanDbContext(DbContextOptions<ScanDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ScanRow>(e =>
        {
            e.ToTable("scan_images").HasKey(r => r.Manifest);
            e.Property(r => r.Manifest).HasColumnName("manifest").HasMaxLength(135);
            e.Property(r => r.Repository).HasColumnName("repository").HasMaxLength(255);
            e.Property(r => r.State).HasColumnName("state");
            e.Property(r => r.Reason).HasColumnName("reason");
            e.Property(r => r.Reader).HasColumnName("reader");
            e.Property(r => r.Ended).HasColumnName("ended");
            e.Property(r => r.Data).HasColumnName("data");
            e.Property(r => r.Result).HasColumnName("result");
            e.Property(r => r.Critical).HasColumnName("critical");
            e.Property(r => r.High).HasColumnName("high");
            e.Property(r => r.Medium).HasColumnName("medium");
            e.Property(r => r.Low).HasColumnName("low");
            e.Property(r => r.Negligible).HasColumnName("negligible");
            e.Property(r => r.Unknown).HasColumnName("unknown");
            e.Property(r => r.Fixable).HasColumnName("fixable");
            e.Property(r => r.Undecided).HasColumnName("undecided");
            e.Property(r => r.WithoutData).HasColumnName("without_data");
            e.Property(r => r.Updated).HasColumnName("updated");
            e.Property(r => r.Matched).HasColumnName("matched");
            e.Property(r => r.Document).HasColumnName("document");
        });
        modelBuilder.Entity<SchemaRow>(e =>
        {
            e.ToTable("scan_schema").HasKey(s => s.Version);
            e.Property(s => s.Version).HasColumnName("version").ValueGeneratedNever();
        });
    }
}
