using System.Security.Cryptography;

namespace Strata.Containers.Records;

/// <summary>Names of containers: docker's rule for those that people choose, and two words for those that nobody did.</summary>
internal static class ContainerNames
{
    private const string Allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";

    private static readonly string[] Qualities =
    [
        "agile", "amber", "azure", "bold", "brave", "bright", "brisk", "calm", "candid", "clever", "cosy", "crisp", "deft", "eager", "early", "fair", "fluent", "frank",
        "fresh", "gentle", "glad", "golden", "grand", "happy", "hardy", "humble", "jolly", "keen", "kind", "lively", "loyal", "lucid", "mellow", "merry", "mighty", "modest",
        "neat", "nimble", "noble", "patient", "plucky", "polite", "proud", "quick", "quiet", "rapid", "ready", "robust", "royal", "serene", "sharp", "silent", "smart",
        "solid", "steady", "sturdy", "subtle", "sunny", "swift", "tidy", "tranquil", "vivid", "warm", "wise", "witty", "zesty",
    ];

    private static readonly string[] Things =
    [
        "agate", "alder", "anchor", "aspen", "badger", "basalt", "beacon", "beech", "birch", "bison", "breeze", "brook", "canyon", "cedar", "cliff", "cobalt", "comet",
        "condor", "coral", "crane", "delta", "dune", "falcon", "fern", "finch", "fjord", "garnet", "glacier", "granite", "harbor", "hazel", "heron", "ibex", "island", "jade",
        "juniper", "kestrel", "lagoon", "lantern", "larch", "ledge", "linden", "lynx", "maple", "marble", "marten", "meadow", "onyx", "orchid", "osprey", "otter", "pebble",
        "pine", "plover", "quartz", "raven", "reef", "ridge", "river", "robin", "sable", "shale", "slate", "spruce", "strata", "summit", "tern", "thicket", "tundra", "valley",
        "walnut", "willow", "wren",
    ];

    public static bool IsValid(string name) => name.Length > 1 && char.IsAsciiLetterOrDigit(name[0]) && !name.AsSpan().ContainsAnyExcept(Allowed);

    /// <exception cref="ContainerException">It is no name that a container can have.</exception>
    public static string Check(string name) => IsValid(name) ? name
        : throw new ContainerException($"Invalid container name ({name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed", "choose another --name") { Fault = ContainerFault.InvalidName };

    public static string Random() => $"{Qualities[RandomNumberGenerator.GetInt32(Qualities.Length)]}_{Things[RandomNumberGenerator.GetInt32(Things.Length)]}";

    public static string NewId() => RandomNumberGenerator.GetHexString(64, lowercase: true);
}
