using System.Globalization;
using System.Text.RegularExpressions;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

/// <summary>Which containers a list has.</summary>
internal sealed class ContainerFilter
{
    private static readonly string[] Keys = ["id", "name", "label", "status", "exited", "ancestor", "before", "since", "volume", "network", "health", "publish", "expose"];
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);
    private readonly KeyFilters _filters;
    private readonly IReadOnlyList<ContainerRecord> _all;

    /// <exception cref="UsageException">There is no such filter.</exception>
    public ContainerFilter(IEnumerable<string> filters, IReadOnlyList<ContainerRecord> all)
    {
        _all = all;
        _filters = new KeyFilters(filters, Keys);
        foreach (var status in _filters.Of("status"))
            if (!Enum.TryParse<ContainerStatus>(status, ignoreCase: true, out _)) throw new UsageException($"invalid filter 'status={status}'", "there are: created, running, paused, restarting, removing, exited, dead");
    }

    /// <summary>Asks for states: then those that do not run are shown without --all.</summary>
    public bool IsOfState => _filters.Has("status") || _filters.Has("exited");

    public bool Matches(ContainerRecord record) => _filters.Labels(record.Spec.Labels) && Keys.All(k => k == "label" || _filters.Any(k, v => Matches(record, k, v)));

    private bool Matches(ContainerRecord record, string key, string value) => key switch
    {
        "id" => record.Id.StartsWith(value, StringComparison.Ordinal),
        "name" => Regex.IsMatch("/" + record.Name, value, RegexOptions.None, PatternLimit) || Regex.IsMatch(record.Name, value, RegexOptions.None, PatternLimit),
        "status" => ContainerText.State(record) == value,
        "exited" => record.State.Status == ContainerStatus.Exited && record.State.ExitCode.ToString(CultureInfo.InvariantCulture) == value,
        "ancestor" => record.Image.Name == value || record.Image.Name == value + ":latest" || record.Image.Id.ToString() == value || record.Image.Id.Hex.StartsWith(value, StringComparison.Ordinal),
        "before" => record.Created < Other(value).Created,
        "since" => record.Created > Other(value).Created,
        "volume" => record.Spec.Mounts.Any(m => m.Source == value || m.Target == value),
        "network" => ContainerText.Networks(record).Split(',').Contains(value, StringComparer.Ordinal),
        "health" => (record.State.Health?.Status ?? "none") == value,
        "publish" => record.State.Ports.Any(p => Port(p.HostPort, p.Protocol, value)),
        "expose" => record.Spec.Network.Exposed.Any(e => e == value || e == value + "/tcp"),
        _ => false,
    };

    private static bool Port(int number, string protocol, string value) => value == number.ToString(CultureInfo.InvariantCulture) || value == string.Create(CultureInfo.InvariantCulture, $"{number}/{protocol}");

    private ContainerRecord Other(string nameOrId) => _all.FirstOrDefault(r => r.Name == nameOrId || r.Id.StartsWith(nameOrId, StringComparison.Ordinal))
        ?? throw new CommandException($"No such container: {nameOrId}");
}
