namespace Strata.Build.Samples;

/// <summary>One of the images that come with the product.</summary>
/// <param name="Repository">Its name on the hub.</param>
/// <param name="Folder">Its context, below <c>samples</c>.</param>
/// <param name="Base">The sample that it extends; null for none.</param>
public sealed record SampleImage(string Repository, string Tag, string Folder, SampleImage? Base = null)
{
    public static SampleImage Welcome { get; } = new("strata/welcome", "latest", "welcome");

    public static SampleImage Debian { get; } = new("library/debian", "12", "debian");

    public static SampleImage Python { get; } = new("library/python", "3.11", "python", Debian);

    public static SampleImage Memcached { get; } = new("library/memcached", "1.6", "memcached", Debian);

    public static SampleImage Redis { get; } = new("library/redis", "7", "redis", Debian);

    public static SampleImage Postgres { get; } = new("library/postgres", "15", "postgres", Debian);

    public static SampleImage Webapp { get; } = new("strata/webapp", "1", "webapp", Python);

    /// <summary>In the order in which they are published: the small one first, a base before what extends it.</summary>
    public static IReadOnlyList<SampleImage> All { get; } = [Welcome, Debian, Python, Webapp, Memcached, Redis, Postgres];

    public override string ToString() => $"{Repository}:{Tag}";
}
