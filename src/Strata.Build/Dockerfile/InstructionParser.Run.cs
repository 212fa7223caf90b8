using System.Globalization;
using Strata.Oci;

namespace Strata.Build.Dockerfiles;

internal static partial class InstructionParser
{
    private const long LeastDuration = 1_000_000;

    private static RunInstruction ParseRun(InstructionLine line)
    {
        var flags = FlagSet.Parse(line, ["network", "security"], lists: ["mount", "device"]);
        if (flags.List("device") is [var device, ..]) throw line.SyntaxFault("devices are not given to RUN here", device, "leave --device out");
        var network = flags.Text("network") switch
        {
            "" or "default" => RunNetwork.Default,
            "none" => RunNetwork.None,
            "host" => RunNetwork.Host,
            var other => throw line.SyntaxFault($"unsupported network mode {GoText.Quote(other)}{Suggestion.For(other, ["default", "none", "host"])}", other),
        };
        var isPrivileged = flags.Text("security") switch
        {
            "" or "sandbox" => false,
            "insecure" => true,
            var other => throw line.SyntaxFault($"security {GoText.Quote(other)} is not valid{Suggestion.For(other, ["sandbox", "insecure"])}", other),
        };
        // Once without variables: what is wrong in any case is said before anything is built.
        foreach (var mount in flags.List("mount")) MountParser.Check(line, mount);
        AtLeastOne(line);
        return new RunInstruction(line, Command(line)) { Mounts = flags.List("mount"), Network = network, IsPrivileged = isPrivileged };
    }

    private static HealthCheckInstruction ParseHealthCheck(InstructionLine line)
    {
        AtLeastOne(line);
        var type = line.Arguments[0].ToUpperInvariant();
        var command = line.Arguments.Skip(1).ToArray();
        if (type == "NONE")
        {
            if (command.Length > 0) throw line.SyntaxFault("HEALTHCHECK NONE takes no arguments", command[0]);
            return new HealthCheckInstruction(line, new HealthCheck { Test = ["NONE"] });
        }
        var flags = FlagSet.Parse(line, ["interval", "timeout", "start-period", "start-interval", "retries"]);
        if (type != "CMD") throw line.SyntaxFault($"Unknown type {GoText.Quote(type)} in HEALTHCHECK (try CMD)", line.Arguments[0]);
        if (command.Length == 0) throw line.SyntaxFault("Missing command after HEALTHCHECK CMD");
        return new HealthCheckInstruction(line, new HealthCheck
        {
            Test = [line.IsJson ? "CMD" : "CMD-SHELL", .. command],
            Interval = Duration(line, flags, "interval"),
            Timeout = Duration(line, flags, "timeout"),
            StartPeriod = Duration(line, flags, "start-period"),
            StartInterval = Duration(line, flags, "start-interval"),
            Retries = Retries(line, flags.Text("retries")),
        });
    }

    private static long? Duration(InstructionLine line, FlagSet flags, string name)
    {
        var text = flags.Text(name);
        if (text.Length == 0) return null;
        try
        {
            var duration = GoDuration.Parse(text);
            if (duration is not 0 and < LeastDuration) throw line.SyntaxFault($"Interval {GoText.Quote(name)} cannot be less than 1ms", text);
            return duration == 0 ? null : duration;
        }
        catch (FormatException e)
        {
            throw line.SyntaxFault(e.Message, text, "write it as 30s, 1m30s or 500ms");
        }
    }

    private static int? Retries(InstructionLine line, string text)
    {
        if (text.Length == 0) return null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var retries))
            throw line.SyntaxFault($"--retries is no number: {text}", text);
        if (retries < 0) throw line.SyntaxFault($"--retries cannot be negative ({retries})", text);
        return retries == 0 ? null : retries;
    }
}
