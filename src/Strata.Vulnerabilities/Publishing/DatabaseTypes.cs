using System.Globalization;
using Strata.Vulnerabilities.Advisories;

namespace Strata.Vulnerabilities.Publishing;

/// <summary>What a database is called in a registry: an artifact with the whole file as a layer, and before it what older ones lack.</summary>
public static class DatabaseTypes
{
    public const string Artifact = "application/vnd.strata.advisories.v1";

    /// <summary>The file's digest, which is not the layer's: that one is compressed.</summary>
    public const string To = "org.strata.advisories.database";

    /// <summary>Of a delta: the digest of the file that it is applied to.</summary>
    public const string From = "org.strata.advisories.database.from";

    /// <summary>The file as it is, compressed with zstd. Another version of the tables has another name.</summary>
    public static string Whole { get; } = string.Create(CultureInfo.InvariantCulture, $"application/vnd.strata.advisories.database.v{AdvisorySchema.Version}+zstd");

    /// <summary>The pages in which it differs from an older one, compressed with zstd.</summary>
    public static string Delta { get; } = string.Create(CultureInfo.InvariantCulture, $"application/vnd.strata.advisories.delta.v{AdvisorySchema.Version}+zstd");
}
