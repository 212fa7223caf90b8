using System.CommandLine;
using Strata.Oci;

namespace Strata.Cli.Commands.Containers;

/// <summary>How it is found out whether a container is well.</summary>
internal sealed class HealthOptions
{
    private readonly Option<string?> _command = new("--health-cmd") { Description = "A command of the shell that succeeds when it is well", HelpName = "COMMAND" };
    private readonly Option<string?> _interval = new("--health-interval") { Description = "Between two checks, 30s by default", HelpName = "TIME" };
    private readonly Option<string?> _timeout = new("--health-timeout") { Description = "How long one may take, 30s by default", HelpName = "TIME" };
    private readonly Option<string?> _startPeriod = new("--health-start-period") { Description = "How long failures do not count at the begin", HelpName = "TIME" };
    private readonly Option<string?> _startInterval = new("--health-start-interval") { Description = "Between two checks meanwhile", HelpName = "TIME" };
    private readonly Option<int?> _retries = new("--health-retries") { Description = "Failures in a row that make it unhealthy, 3 by default", HelpName = "N" };
    private readonly Option<bool> _off = new("--no-healthcheck") { Description = "None, whatever the image says" };

    public IEnumerable<Option> All => [_command, _interval, _timeout, _startPeriod, _startInterval, _retries, _off];

    public bool IsOff(ParseResult parsed) => parsed.GetValue(_off);

    /// <summary>Null when nothing was said.</summary>
    public HealthCheck? Of(ParseResult parsed)
    {
        long? Time(Option<string?> option) => parsed.GetValue(option) is { } text ? ContainerArguments.ToNanoseconds(text, option.Name) : null;
        var check = new HealthCheck
        {
            Test = parsed.GetValue(_command) is { Length: > 0 } command ? ["CMD-SHELL", command] : null,
            Interval = Time(_interval),
            Timeout = Time(_timeout),
            StartPeriod = Time(_startPeriod),
            StartInterval = Time(_startInterval),
            Retries = parsed.GetValue(_retries),
        };
        if (check == new HealthCheck()) return null;
        return IsOff(parsed) ? throw new UsageException("--no-healthcheck conflicts with --health-* options") : check;
    }
}
