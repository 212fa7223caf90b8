using Microsoft.EntityFrameworkCore;

namespace Strata.Hub;

/// <summary>The model of the accounts; the schema is made from it. Unlike the rest of the hub's database, nothing of it can be read again elsewhere.</summary>
internal sealed class AccountDbContext(DbContextOptions<AccountDbContext> options) : DbContext(options)
{
    private const int NameLength = 64;
    private const int RepositoryLength = 255;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AccountRow>(e =>
        {
            e.ToTable("accounts").HasKey(a => a.Name);
            e.Property(a => a.Name).HasColumnName("name").HasMaxLength(NameLength);
            e.Property(a => a.Password).HasColumnName("password");
            e.Property(a => a.PasswordVersion).HasColumnName("password_version");
            e.Property(a => a.IsAdministrator).HasColumnName("administrator");
            e.Property(a => a.Created).HasColumnName("created");
        });
        modelBuilder.Entity<PersonalTokenRow>(e =>
        {
            e.ToTable("personal_tokens").HasKey(t => t.Id);
            e.Property(t => t.Id).HasColumnName("id").HasMaxLength(NameLength);
            e.Property(t => t.Account).HasColumnName("account").HasMaxLength(NameLength);
            e.Property(t => t.Name).HasColumnName("name");
            e.Property(t => t.Hash).HasColumnName("hash");
            e.Property(t => t.Reach).HasColumnName("reach");
            e.Property(t => t.Created).HasColumnName("created");
            e.Property(t => t.Expires).HasColumnName("expires");
            e.Property(t => t.LastUsed).HasColumnName("last_used");
            e.HasIndex(t => t.Account).HasDatabaseName("ix_personal_tokens_account");
        });
        ModelOrganisations(modelBuilder);
        modelBuilder.Entity<RefreshTokenRow>(e =>
        {
            e.ToTable("refresh_tokens").HasKey(t => t.Hash);
            e.Property(t => t.Hash).HasColumnName("hash").HasMaxLength(NameLength);
            e.Property(t => t.Account).HasColumnName("account").HasMaxLength(NameLength);
            e.Property(t => t.Credential).HasColumnName("credential");
            e.Property(t => t.Client).HasColumnName("client");
            e.Property(t => t.Created).HasColumnName("created");
            e.Property(t => t.LastUsed).HasColumnName("last_used");
            e.HasIndex(t => t.Account).HasDatabaseName("ix_refresh_tokens_account");
        });
        modelBuilder.Entity<AccountSchemaRow>(e =>
        {
            e.ToTable("account_schema").HasKey(s => s.Version);
            e.Property(s => s.Version).HasColumnName("version").ValueGeneratedNever();
        });
    }

    private static void ModelOrganisations(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<OrganisationRow>(e =>
        {
            e.ToTable("organisations").HasKey(o => o.Name);
            e.Property(o => o.Name).HasColumnName("name").HasMaxLength(NameLength);
            e.Property(o => o.Created).HasColumnName("created");
        });
        modelBuilder.Entity<MemberRow>(e =>
        {
            e.ToTable("organisation_members").HasKey(m => new { m.Organisation, m.Account });
            e.Property(m => m.Organisation).HasColumnName("organisation").HasMaxLength(NameLength);
            e.Property(m => m.Account).HasColumnName("account").HasMaxLength(NameLength);
            e.Property(m => m.Role).HasColumnName("role");
        });
        modelBuilder.Entity<VisibilityRow>(e =>
        {
            e.ToTable("repository_visibility").HasKey(v => v.Repository);
            e.Property(v => v.Repository).HasColumnName("repository").HasMaxLength(RepositoryLength);
            e.Property(v => v.Visibility).HasColumnName("visibility");
        });
    }
}
