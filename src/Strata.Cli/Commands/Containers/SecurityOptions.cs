using System.CommandLine;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

/// <summary>What a container may do.</summary>
internal sealed class SecurityOptions
{
    private readonly Option<bool> _privileged = new("--privileged") { Description = "All of root's powers, and all devices" };
    private readonly Option<string[]> _add = new("--cap-add") { Description = "A capability more, or ALL", HelpName = "CAP" };
    private readonly Option<string[]> _drop = new("--cap-drop") { Description = "A capability less, or ALL", HelpName = "CAP" };
    private readonly Option<string[]> _options = new("--security-opt") { Description = "no-new-privileges, seccomp=FILE|unconfined, systempaths=unconfined", HelpName = "OPTION" };
    private readonly Option<bool> _readOnly = new("--read-only") { Description = "The root file system cannot be written" };
    private readonly Option<string[]> _sysctl = new("--sysctl") { Description = "A setting of the kernel, of its namespaces", HelpName = "NAME=VALUE" };

    public IEnumerable<Option> All => [_privileged, _add, _drop, _options, _readOnly, _sysctl];

    public Dictionary<string, string> Sysctls(ParseResult parsed) => ContainerArguments.ToMap(parsed.GetValue(_sysctl) ?? [], "--sysctl");

    public SecuritySpec Of(ParseResult parsed)
    {
        var spec = new SecuritySpec
        {
            Privileged = parsed.GetValue(_privileged),
            CapAdd = Capabilities(parsed.GetValue(_add)),
            CapDrop = Capabilities(parsed.GetValue(_drop)),
            ReadOnlyRoot = parsed.GetValue(_readOnly),
        };
        foreach (var option in parsed.GetValue(_options) ?? [])
        {
            var (name, value) = option.Split(['=', ':'], 2) is [var n, var v] ? (n, v) : (option, "");
            spec = name switch
            {
                "no-new-privileges" => spec with { NoNewPrivileges = value is "" or "true" },
                "seccomp" => spec with { Seccomp = value == "unconfined" ? value : Path.GetFullPath(value) },
                "systempaths" when value == "unconfined" => spec with { UnconfinedPaths = true },
                // Neither is in force on Debian without being set up; there is nothing to turn off.
                "apparmor" or "label" => spec,
                _ => throw new UsageException($"invalid --security-opt: \"{option}\"", "there are no-new-privileges, seccomp=FILE, seccomp=unconfined, systempaths=unconfined"),
            };
        }
        return spec;
    }

    private static string[] Capabilities(string[]? names) => [.. (names ?? []).SelectMany(n => n.Split(',')).Select(n => ContainerArguments.Parse(() => CapabilityNames.Parse(n)))];
}
