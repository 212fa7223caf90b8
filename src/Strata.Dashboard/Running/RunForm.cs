using Microsoft.AspNetCore.Http;
using Strata.Images;
using Strata.Oci;

namespace Strata.Dashboard.Running;

/// <summary>What somebody wrote into the form that runs an image: anything. Each line of a field is one port, variable or volume.</summary>
public sealed record RunForm
{
    public string Name { get; init; } = "";

    /// <summary>Words as a shell takes them apart; empty for the image's command.</summary>
    public string Command { get; init; } = "";

    public string Ports { get; init; } = "";

    public string Env { get; init; } = "";

    public string Volumes { get; init; } = "";

    public string Network { get; init; } = "bridge";

    public string Restart { get; init; } = "no";

    /// <summary>The form as it is first shown: what the image exposes is published on ports of this machine's own that are free.</summary>
    public static RunForm For(ImageDetails image) => new()
    {
        Ports = string.Join('\n', Exposed(image.Config).Select(p => $"127.0.0.1::{p}")),
    };

    public static RunForm Read(IFormCollection form) => new()
    {
        Name = $"{form["name"]}".Trim(),
        Command = $"{form["command"]}".Trim(),
        Ports = $"{form["ports"]}",
        Env = $"{form["env"]}",
        Volumes = $"{form["volumes"]}",
        Network = $"{form["network"]}" is { Length: > 0 } network ? network : "bridge",
        Restart = $"{form["restart"]}" is { Length: > 0 } restart ? restart : "no",
    };

    public static IEnumerable<string> Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Exposed(ImageConfig config) => (config.Config?.ExposedPorts?.Keys ?? []).Order(StringComparer.Ordinal);
}
