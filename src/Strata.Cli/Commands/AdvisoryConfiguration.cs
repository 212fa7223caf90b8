using System.Text.Json;
using System.Text.Json.Serialization;
using Strata.Registry.Client;
using Strata.Vulnerabilities.Feeds;

namespace Strata.Cli.Commands;

/// <summary>
/// What an update fetches when it is told nothing else: <c>{"advisories": {"feeds": ["https://mirror.example/Debian/all.zip", "/srv/osv"]}}</c> of the
/// configuration file, otherwise what publishers keep.
/// </summary>
internal sealed record AdvisoryConfiguration
{
    public IReadOnlyList<string>? Feeds { get; init; }

    /// <summary>Those that are configured have no names; each is its address.</summary>
    /// <exception cref="RegistryException">The file cannot be read.</exception>
    public static IReadOnlyList<PublishedFeed> Load()
    {
        var (file, path) = ConfigurationFile.Read(AdvisoryConfigurationJson.Default.AdvisoryConfigurationFile);
        if (file?.Advisories?.Feeds is not { } feeds) return PublishedFeeds.All;
        if (feeds.Count == 0) throw new CommandException($"{path}: \"advisories.feeds\" is empty", "name what is to be fetched, or take the key away");
        return [.. feeds.Select(f => new PublishedFeed(f, f))];
    }
}

/// <summary>The part of the configuration file that is about advisories.</summary>
internal sealed record AdvisoryConfigurationFile
{
    public AdvisoryConfiguration? Advisories { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(AdvisoryConfigurationFile))]
internal sealed partial class AdvisoryConfigurationJson : JsonSerializerContext;
