using Strata.Build.Dockerfiles;
using Strata.Build.Graph;

namespace Strata.Build.Checks;

internal sealed partial class Checker
{
    private static readonly string[] SecretWords = ["apikey", "auth", "credential", "credentials", "key", "password", "pword", "passwd", "secret", "token"];
    private static readonly string[] HarmlessWords = ["public", "file", "version"];

    /// <summary>What is known of a stage without its base.</summary>
    private sealed class StageView
    {
        public Dictionary<string, string> Variables { get; init; } = new(StringComparer.Ordinal);

        public HashSet<string> Declared { get; init; } = new(StringComparer.Ordinal);

        public bool HasWorkdir { get; set; }

        public bool HasShell { get; set; }

        /// <summary>Its base's environment is not known.</summary>
        public bool IsOpen { get; init; }
    }

    private StageView Instructions(Stage stage, Dictionary<string, StageView> states, Dictionary<string, string> globals)
    {
        var baseName = TryExpand(stage.BaseName, globals)?.Text ?? stage.BaseName;
        var parent = states.GetValueOrDefault(baseName);
        var view = new StageView
        {
            Variables = new Dictionary<string, string>(parent?.Variables ?? new(StringComparer.Ordinal) { ["PATH"] = "/" }, StringComparer.Ordinal),
            Declared = [.. parent?.Declared ?? []],
            HasWorkdir = parent?.HasWorkdir == true,
            HasShell = parent?.HasShell == true,
            IsOpen = parent?.IsOpen ?? baseName != StagePlan.Scratch,
        };
        var once = new Dictionary<string, InstructionLine>(StringComparer.Ordinal);
        foreach (var instruction in stage.Instructions) Instruction(instruction, view, once, globals);
        return view;
    }

    private void Instruction(BuildInstruction instruction, StageView view, Dictionary<string, InstructionLine> once, Dictionary<string, string> globals)
    {
        var line = instruction.Line;
        foreach (var word in Expanded(instruction)) Variables(line, word, view);
        if (instruction is CmdInstruction or EntrypointInstruction or HealthCheckInstruction)
        {
            // The one before is the one that counts for nothing.
            if (once.TryGetValue(line.Name, out var before))
                Add(CheckRule.MultipleInstructionsDisallowed, before, $"Multiple {line.Name} instructions should not be used in the same stage because only the last one will be used");
            once[line.Name] = line;
        }
        switch (instruction)
        {
            case MaintainerInstruction:
                Add(CheckRule.MaintainerDeprecated, line, "Maintainer instruction is deprecated in favor of using label");
                break;
            case CmdInstruction { Command.IsForShell: true } or EntrypointInstruction { Command.IsForShell: true } when !view.HasShell:
                Add(CheckRule.JSONArgsRecommended, line, $"JSON arguments recommended for {line.Name} to prevent unintended behavior related to OS signals");
                break;
            case ShellInstruction:
                view.HasShell = true;
                break;
            case WorkdirInstruction workdir:
                if (!view.HasWorkdir && !workdir.Path.StartsWith('/') && TryExpand(workdir.Path, view.Variables)?.Text.StartsWith('/') != true)
                    Add(CheckRule.WorkdirRelativePath, line, $"Relative workdir \"{workdir.Path}\" can have unexpected results if the base image changes");
                view.HasWorkdir = true;
                break;
            case EnvInstruction env:
                Pairs(line, env.Pairs);
                foreach (var (key, value, _) in env.Pairs)
                {
                    Secret("ENV", line, key);
                    view.Variables[key] = TryExpand(value, view.Variables)?.Text ?? value;
                }
                break;
            case LabelInstruction label:
                Pairs(line, label.Pairs);
                break;
            case ArgInstruction arg:
                Described(line, arg.Arguments.Select(a => a.Key));
                foreach (var (key, written) in arg.Arguments) Argument(line, key, written, view, globals);
                break;
            case ExposeInstruction expose:
                foreach (var port in expose.Ports) Port(line, port);
                break;
            case CopyInstruction { From: null } copy:
                foreach (var source in copy.Sources) Ignored(copy, source, view);
                break;
            default:
                break;
        }
    }

    private void Argument(InstructionLine line, string key, string? written, StageView view, Dictionary<string, string> globals)
    {
        Secret("ARG", line, key);
        view.Declared.Add(key);
        var value = given.GetValueOrDefault(key) ?? (written is null ? globals.GetValueOrDefault(key) : TryExpand(written, view.Variables)?.Text);
        if (value is not null) view.Variables[key] = value;
    }

    private void Variables(InstructionLine line, string word, StageView view)
    {
        // Of an image that is not looked at, any variable may be set.
        if (view.IsOpen || TryExpand(word, view.Variables) is not { } expansion) return;
        Undefined(CheckRule.UndefinedVar, line, expansion, [.. view.Variables.Keys, .. view.Declared], "");
    }

    private static IEnumerable<string> Expanded(BuildInstruction instruction) => instruction switch
    {
        EnvInstruction env => env.Pairs.SelectMany(p => (string[])[p.Key, p.Value]),
        LabelInstruction label => label.Pairs.SelectMany(p => (string[])[p.Key, p.Value]),
        ArgInstruction arg => arg.Arguments.Select(a => a.Default).OfType<string>(),
        CopyInstruction copy => [.. copy.Sources, copy.Target, copy.Chown, copy.Chmod],
        WorkdirInstruction workdir => [workdir.Path],
        UserInstruction user => [user.User],
        VolumeInstruction volume => volume.Paths,
        ExposeInstruction expose => expose.Ports,
        StopSignalInstruction stop => [stop.Signal],
        _ => [],
    };

    private void Pairs(InstructionLine line, IReadOnlyList<KeyValue> pairs)
    {
        if (pairs.Any(p => p.IsLegacy)) Add(CheckRule.LegacyKeyValueFormat, line, $"\"{line.Name} key=value\" should be used instead of legacy \"{line.Name} key value\" format");
    }

    /// <summary>By BuildKit's words.</summary>
    public static bool IsSecretName(string key)
    {
        var words = key.ToLowerInvariant().Split('_');
        return words.Any(w => SecretWords.Contains(w, StringComparer.Ordinal)) && !words.Any(w => HarmlessWords.Contains(w, StringComparer.Ordinal));
    }

    private void Secret(string name, InstructionLine line, string key)
    {
        if (IsSecretName(key))
            Add(CheckRule.SecretsUsedInArgOrEnv, line, $"Do not use ARG or ENV instructions for sensitive data ({name} \"{key}\")");
    }

    private void Port(InstructionLine line, string port)
    {
        var slash = port.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && port[(slash + 1)..] is var protocol && protocol != protocol.ToLowerInvariant())
            Add(CheckRule.ExposeProtoCasing, line, $"Defined protocol '{port}' in EXPOSE instruction should be lowercase");
        if (port.Contains(':', StringComparison.Ordinal) && !port.Contains('$', StringComparison.Ordinal))
            Add(CheckRule.ExposeInvalidFormat, line, $"EXPOSE instruction should not define an IP address or host-port mapping, found '{port}'");
    }

    private void Ignored(CopyInstruction copy, string word, StageView view)
    {
        if (ignore.Patterns.Count == 0 || ignore.Patterns.Any(p => p.TakesBack) || word.Contains("://", StringComparison.Ordinal)) return;
        var source = SlashPath.Clean(TryExpand(word, view.Variables)?.Text ?? word).TrimStart('/');
        if (source is "." or "" && !ignore.Patterns.Any(p => p.Text is "*" or "**" or "**/*")) return;
        if (ignore.Drops(source is "" ? "." : source))
            Add(CheckRule.CopyIgnoredFile, copy.Line, $"Attempting to {(copy.IsAdd ? "Add" : "Copy")} file \"{source}\" that is excluded by .dockerignore");
    }
}
