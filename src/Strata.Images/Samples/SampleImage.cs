namespace Strata.Images.Samples;

/// <summary>One of the images that come with the product.</summary>
/// <param name="Repository">Its name on the hub.</param>
public sealed record SampleImage(string Repository, string Tag, string Title, string Description)
{
    public static SampleImage Welcome { get; } = new("strata/welcome", "latest", "Welcome to Strata",
        "A static page served by busybox: two layers, a few megabytes, a first thing to pull and look into");

    public static SampleImage Debian { get; } = new("library/debian", "12", "Debian 12",
        "Debian 12 (bookworm), minimal: the base that other images extend");

    public static SampleImage Python { get; } = new("library/python", "3.11", "Python 3.11",
        "Python 3.11 on Debian 12: a base for web applications and scripts");

    public static SampleImage Memcached { get; } = new("library/memcached", "1.6", "Memcached 1.6",
        "Memcached 1.6 on Debian 12: an object cache in memory");

    public static SampleImage Redis { get; } = new("library/redis", "7", "Redis 7",
        "Redis 7 on Debian 12: an in-memory data store that keeps its data in a volume");

    public static SampleImage Postgres { get; } = new("library/postgres", "15", "PostgreSQL 15",
        "PostgreSQL 15 on Debian 12: the relational database, ready with a password and a volume");

    /// <summary>In the order in which they are published: the small one first, a base before what extends it.</summary>
    public static IReadOnlyList<SampleImage> All { get; } = [Welcome, Debian, Python, Memcached, Redis, Postgres];

    public override string ToString() => $"{Repository}:{Tag}";
}
