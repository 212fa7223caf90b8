using Strata.Build.Dockerfiles;
using Strata.Build.Graph;
using Strata.Oci;

namespace Strata.Build.Steps;

/// <summary>Instructions that change the config and nothing else.</summary>
internal sealed class MetadataSteps(WordExpander expander, IReadOnlyDictionary<string, string> arguments, IReadOnlyDictionary<string, string> globals, long? epoch)
{
    private static readonly string[] LinuxShell = ["/bin/sh", "-c"];

    /// <returns>False for an instruction that makes files.</returns>
    /// <exception cref="BuildException">A word cannot be expanded, or is not what the instruction takes.</exception>
    public bool TryApply(StageState state, BuildInstruction instruction)
    {
        switch (instruction)
        {
            case EnvInstruction env:
                Env(state, env);
                return true;
            case LabelInstruction label:
                Label(state, label);
                return true;
            case ArgInstruction arg:
                Arg(state, arg);
                return true;
            case MaintainerInstruction maintainer:
                state.Config = state.Config with { Author = maintainer.Name };
                return Done(state, $"MAINTAINER {maintainer.Name}");
            case CmdInstruction cmd:
                var words = WithShell(state, cmd.Command);
                state.Container = state.Container with { Cmd = words, ArgsEscaped = true };
                state.HasCmd = true;
                return Done(state, $"CMD {GoText.QuotedList(words)}");
            case EntrypointInstruction entrypoint:
                var command = WithShell(state, entrypoint.Command);
                state.Container = state.Container with { Entrypoint = command.Count == 0 ? null : command, Cmd = state.HasCmd ? state.Container.Cmd : null };
                return Done(state, $"ENTRYPOINT {GoText.QuotedList(command)}");
            case HealthCheckInstruction health:
                state.Container = state.Container with { Healthcheck = health.Check };
                return Done(state, $"HEALTHCHECK {Shown(health.Check)}");
            case ExposeInstruction expose:
                var ports = expose.Ports.SelectMany(p => state.ExpandWhole(expander, expose, p).Words).SelectMany(p => PortSpec.Parse(expose, p)).ToArray();
                state.Container = state.Container with { ExposedPorts = With(state.Container.ExposedPorts, ports) };
                return Done(state, $"EXPOSE {GoText.List(ports)}");
            case VolumeInstruction volume:
                var paths = volume.Paths.Select(p => state.Expand(expander, volume, p) is { Length: > 0 } path ? path : throw volume.Line.Fault("VOLUME specified can not be an empty string", p)).ToArray();
                state.Container = state.Container with { Volumes = With(state.Container.Volumes, paths) };
                return Done(state, $"VOLUME {GoText.List(paths)}");
            case UserInstruction user:
                state.Container = state.Container with { User = state.Expand(expander, user, user.User) };
                return Done(state, $"USER {state.Container.User}");
            case StopSignalInstruction stop:
                var signal = state.Expand(expander, stop, stop.Signal);
                if (!SignalNames.IsKnown(signal)) throw stop.Line.Fault($"Invalid signal: {signal}", stop.Signal, "such as SIGTERM, SIGINT or 9");
                state.Container = state.Container with { StopSignal = signal };
                return Done(state, $"STOPSIGNAL {signal}");
            case ShellInstruction shell:
                state.Container = state.Container with { Shell = shell.Words };
                return Done(state, $"SHELL {GoText.List(shell.Words)}");
            case OnBuildInstruction later:
                state.Container = state.Container with { OnBuild = [.. state.Container.OnBuild ?? [], later.Expression] };
                return true;
            default:
                return false;
        }
    }

    public static IReadOnlyList<string> WithShell(StageState state, CommandLine command) =>
        command.IsForShell ? [.. state.Container.Shell is { Count: > 0 } shell ? shell : LinuxShell, string.Join(' ', command.Words)] : command.Words;

    private bool Done(StageState state, string history)
    {
        state.AddHistory(history, hasLayer: false, hasMark: false, epoch);
        return true;
    }

    private void Env(StageState state, EnvInstruction instruction)
    {
        // All are expanded with what was before: ENV a=1 b=$a gives the old a.
        var pairs = instruction.Pairs.Select(p => new KeyValue(state.Expand(expander, instruction, p.Key), state.Expand(expander, instruction, p.Value))).ToArray();
        foreach (var (key, value, _) in pairs)
        {
            state.Variables[key] = value;
            state.Container = state.Container with { Env = WithVariable(state.Container.Env ?? [], key, value) };
        }
        Done(state, $"ENV {string.Join(' ', pairs.Select(p => p.ToString()))}");
    }

    private void Label(StageState state, LabelInstruction instruction)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in state.Container.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal)) labels[key] = value;
        var pairs = instruction.Pairs.Select(p => new KeyValue(state.Expand(expander, instruction, p.Key), state.Expand(expander, instruction, p.Value))).ToArray();
        foreach (var (key, value, _) in pairs) labels[key] = value;
        state.Container = state.Container with { Labels = labels };
        Done(state, $"LABEL {string.Join(' ', pairs.Select(p => p.ToString()))}");
    }

    private void Arg(StageState state, ArgInstruction instruction)
    {
        var shown = new List<string>();
        foreach (var (key, written) in instruction.Arguments)
        {
            var value = arguments.TryGetValue(key, out var given) ? given
                : written is not null ? state.Expand(expander, instruction, written)
                : globals.GetValueOrDefault(key);
            if (value is not null) state.Variables[key] = value;
            if (!state.Declared.Contains(key, StringComparer.Ordinal)) state.Declared.Add(key);
            shown.Add(value is null ? key : $"{key}={value}");
        }
        Done(state, $"ARG {string.Join(' ', shown)}");
    }

    private static List<string> WithVariable(IReadOnlyList<string> variables, string key, string value)
    {
        var all = variables.ToList();
        var at = all.FindIndex(v => v == key || v.StartsWith(key + "=", StringComparison.Ordinal));
        if (at < 0) all.Add($"{key}={value}");
        else all[at] = $"{key}={value}";
        return all;
    }

    private static SortedDictionary<string, EmptyObject> With(IReadOnlyDictionary<string, EmptyObject>? set, IEnumerable<string> more)
    {
        var all = new SortedDictionary<string, EmptyObject>(StringComparer.Ordinal);
        foreach (var key in (set?.Keys ?? []).Concat(more)) all[key] = new EmptyObject();
        return all;
    }

    private static string Shown(HealthCheck check) =>
        $"{{Test:{GoText.List(check.Test ?? [])} Interval:{GoText.Duration(check.Interval ?? 0)} Timeout:{GoText.Duration(check.Timeout ?? 0)} "
        + $"StartPeriod:{GoText.Duration(check.StartPeriod ?? 0)} StartInterval:{GoText.Duration(check.StartInterval ?? 0)} Retries:{check.Retries ?? 0}}}";
}
