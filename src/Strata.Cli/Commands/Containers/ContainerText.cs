using System.Globalization;
using Strata.Cli.Rendering;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

/// <summary>What docker's lists say of a container.</summary>
internal static class ContainerText
{
    private const int CommandWidth = 20;

    public static string Status(ContainerRecord record, DateTimeOffset now)
    {
        var state = record.State;
        string Up() => $"Up {Ages.Span(now - (state.Started ?? now))}";
        return state.Status switch
        {
            ContainerStatus.Running => Up() + (state.Health is { } health ? health.Status == "starting" ? " (health: starting)" : $" ({health.Status})" : ""),
            ContainerStatus.Paused => Up() + " (Paused)",
            ContainerStatus.Restarting => string.Create(CultureInfo.InvariantCulture, $"Restarting ({state.ExitCode}) {Ages.Ago(state.Finished, now)}"),
            ContainerStatus.Exited => string.Create(CultureInfo.InvariantCulture, $"Exited ({state.ExitCode}) {Ages.Ago(state.Finished, now)}"),
            ContainerStatus.Removing => "Removal In Progress",
            ContainerStatus.Dead => "Dead",
            _ => "Created",
        };
    }

    public static string Command(ContainerRecord record, bool whole)
    {
        var text = string.Join(' ', record.Spec.Entrypoint.Concat(record.Spec.Command));
        return $"\"{(whole || text.Length <= CommandWidth ? text : text[..(CommandWidth - 1)] + "…")}\"";
    }

    /// <summary>What is published, with the ports that are only exposed.</summary>
    public static string Ports(ContainerRecord record)
    {
        if (record.State.Status is not (ContainerStatus.Running or ContainerStatus.Paused)) return "";
        var published = record.State.Ports.SelectMany(p => (p.HostAddress.Length == 0 ? (string[])["0.0.0.0", "[::]"] : [Bracketed(p.HostAddress)])
            .Select(a => string.Create(CultureInfo.InvariantCulture, $"{a}:{p.HostPort}->{p.ContainerPort}/{p.Protocol}")));
        var taken = record.State.Ports.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.ContainerPort}/{p.Protocol}")).ToHashSet(StringComparer.Ordinal);
        var exposed = record.Spec.Network.Exposed.Select(e => e.Contains('/', StringComparison.Ordinal) ? e : e + "/tcp").Where(e => !taken.Contains(e));
        return string.Join(", ", published.Concat(exposed));
    }

    public static string Networks(ContainerRecord record) => record.Spec.Network.Attachments.Count > 0 ? string.Join(',', record.Spec.Network.Attachments.Select(a => a.Network)) : record.Spec.Network.Mode;

    public static string Mounts(ContainerRecord record) => string.Join(',', record.Spec.Mounts.Where(m => m.Kind != MountKind.Tmpfs).Select(m => m.Source));

    public static string State(ContainerRecord record) => record.State.Status.ToString().ToLowerInvariant();

    private static string Bracketed(string address) => address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;
}
