namespace Strata.Images.Samples;

/// <summary>A server of a Debian package as an image: what is installed, and how it runs.</summary>
/// <param name="Install">A command of the shell, behind <c>apt-get update</c>.</param>
/// <param name="Folder">Below samples/: where its entrypoint is.</param>
internal sealed record ServiceSample(SampleImage Image, string Folder, string Install, string License, int Port, string Program)
{
    public string? Volume { get; init; }

    public string? User { get; init; }

    public string WorkingDir { get; init; } = "/";

    public string? StopSignal { get; init; }

    public IReadOnlyList<string> Env { get; init; } = [];

    /// <summary>Folders in the layer of the entrypoint that anybody may write to.</summary>
    public IReadOnlyList<string> OpenFolders { get; init; } = [];

    public static ServiceSample Of(SampleImage image) => image == SampleImage.Postgres ? Postgres : image == SampleImage.Redis ? Redis : Memcached;

    private static ServiceSample Memcached { get; } = new(SampleImage.Memcached, "memcached", "apt-get install -y --no-install-recommends memcached", "BSD-3-Clause", 11211, "memcached")
    {
        User = "memcache",
    };

    private static ServiceSample Redis { get; } = new(SampleImage.Redis, "redis",
        "apt-get install -y --no-install-recommends redis-server && install -d -o redis -g redis /data", "BSD-3-Clause", 6379, "redis-server")
    {
        Volume = "/data",
        WorkingDir = "/data",
    };

    /// <summary>No cluster is made at the installation: that is the entrypoint's, in the volume.</summary>
    private static ServiceSample Postgres { get; } = new(SampleImage.Postgres, "postgres", """
        apt-get install -y --no-install-recommends postgresql-common && sed -i 's/^#create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf && apt-get install -y --no-install-recommends postgresql-15 && sed -i "s/^#listen_addresses = 'localhost'/listen_addresses = '*'/" /usr/share/postgresql/15/postgresql.conf.sample && install -d -m 700 -o postgres -g postgres /var/lib/postgresql/data && install -d /docker-entrypoint-initdb.d
        """, "PostgreSQL", 5432, "postgres")
    {
        Volume = "/var/lib/postgresql/data",
        StopSignal = "SIGINT",
        Env = ["LANG=C.UTF-8", "PG_MAJOR=15", "PGDATA=/var/lib/postgresql/data"],
        OpenFolders = ["run/postgresql"],
    };
}
