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

    /// <summary>In the order in which they are published: the small one first, a base before what extends it.</summary>
    public static IReadOnlyList<SampleImage> All { get; } = [Welcome, Debian, Python];

    public override string ToString() => $"{Repository}:{Tag}";
}
