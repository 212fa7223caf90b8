using System.CommandLine;
using System.Globalization;
using Strata.Build;

namespace Strata.Cli.Commands;

/// <summary>The options of <c>build</c>, named as docker names them.</summary>
internal sealed class BuildCommandOptions
{
    public Argument<string> Context { get; } = new("CONTEXT")
    {
        Description = "A folder, - for a tar or a Dockerfile on standard input, or a git URL",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => "",
    };

    public Option<string[]> Tags { get; } = Many("--tag", "The image's name; may be given several times", "REF", "-t");

    public Option<string?> File { get; } = One("--file", "The Dockerfile; - is standard input", "FILE", "-f");

    public Option<string[]> Arguments { get; } = Many("--build-arg", "A value for an ARG; KEY alone takes that of the environment", "KEY=VALUE");

    public Option<string?> Target { get; } = One("--target", "The stage to build; the last without it", "STAGE");

    public Option<string[]> Labels { get; } = Many("--label", "A label of the image", "KEY=VALUE");

    public Option<bool> NoCache { get; } = new("--no-cache") { Description = "Do every step anew" };

    public Option<string[]> NoCacheFilter { get; } = Many("--no-cache-filter", "Do the steps of these stages anew", "STAGE");

    public Option<bool> Pull { get; } = new("--pull") { Description = "Ask the registry for newer bases" };

    public Option<string[]> Platforms { get; } = Many("--platform", "What the image shall run on; several make an index", "OS/ARCH");

    public Option<string[]> Contexts { get; } = Many("--build-context", "A named context: a folder, docker-image://NAME, or a git URL", "NAME=VALUE");

    public Option<string[]> Secrets { get; } = Many("--secret", "A secret for RUN: id=ID,src=FILE or id=ID,env=VARIABLE", "SECRET");

    public Option<string[]> Agents { get; } = Many("--ssh", "An agent for RUN: default, or ID=SOCKET", "ID=SOCKET");

    public Option<string[]> Output { get; } = Many("--output", "Where the result goes, too: type=local|tar|oci|docker|registry,dest=PATH", "OUTPUT", "-o");

    public Option<string?> IdFile { get; } = One("--iidfile", "Write the image ID to a file", "FILE");

    public Option<string?> MetadataFile { get; } = One("--metadata-file", "Write what was built to a file, as JSON", "FILE");

    public Option<bool> ExplainContext { get; } = new("--explain-context") { Description = "Say of each file of the context whether it is kept, and by which rule" };

    public Option<bool> Check { get; } = new("--check") { Description = "Say what could be better in the Dockerfile, and build nothing" };

    public IEnumerable<Option> All =>
    [
        Tags, File, Arguments, Target, Labels, NoCache, NoCacheFilter, Pull, Platforms, Contexts, Secrets, Agents, Output, IdFile, MetadataFile, ExplainContext, Check,
    ];

    public BuildOptions Of(ParseResult parsed)
    {
        var arguments = Pairs(parsed.GetValue(Arguments), "--build-arg", fromEnvironment: true);
        return new BuildOptions
        {
            Context = parsed.GetValue(Context) ?? "",
            Dockerfile = parsed.GetValue(File),
            Input = Console.OpenStandardInput(),
            Names = [.. (parsed.GetValue(Tags) ?? []).Concat(BuildOutputs.Parse(parsed.GetValue(Output) ?? []).Select(o => o.Name).OfType<string>()).Select(t => Commands.Arguments.ToReference(t)).Distinct()],
            Arguments = arguments,
            Labels = Pairs(parsed.GetValue(Labels), "--label", fromEnvironment: false),
            Target = parsed.GetValue(Target),
            NoCache = parsed.GetValue(NoCache),
            NoCacheOf = [.. (parsed.GetValue(NoCacheFilter) ?? []).SelectMany(f => f.Split(','))],
            Pull = parsed.GetValue(Pull),
            Platforms = [.. (parsed.GetValue(Platforms) ?? []).SelectMany(p => p.Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(p => Commands.Arguments.ToPlatform(p)!)],
            Contexts = Pairs(parsed.GetValue(Contexts), "--build-context", fromEnvironment: false),
            Secrets = (parsed.GetValue(Secrets) ?? []).Select(Secret).ToDictionary(s => s.Id, s => s.Secret, StringComparer.Ordinal),
            Agents = (parsed.GetValue(Agents) ?? []).Select(Agent).ToDictionary(a => a.Id, a => a.Socket, StringComparer.Ordinal),
            Epoch = Epoch(arguments.GetValueOrDefault("SOURCE_DATE_EPOCH") ?? Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH")),
        };
    }

    private static Option<string[]> Many(string name, string description, string help, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = help };

    private static Option<string?> One(string name, string description, string help, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = help };

    private static Dictionary<string, string> Pairs(string[]? given, string option, bool fromEnvironment)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in given ?? [])
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals == 0) throw new UsageException($"{option} '{text}' has no name", "write KEY=VALUE");
            if (equals > 0) pairs[text[..equals]] = text[(equals + 1)..];
            else if (!fromEnvironment) pairs[text] = "";
            else if (Environment.GetEnvironmentVariable(text) is { } value) pairs[text] = value;
        }
        return pairs;
    }

    private static (string Id, BuildSecret Secret) Secret(string text)
    {
        string? id = null, file = null, variable = null;
        foreach (var field in text.Split(','))
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = equals < 0 ? (field, "") : (field[..equals], field[(equals + 1)..]);
            if (key == "id") id = value;
            else if (key is "src" or "source") file = value;
            else if (key == "env") variable = value;
            else if (key != "type") throw new UsageException($"--secret '{text}' has an unknown field '{key}'", "write id=ID,src=FILE or id=ID,env=VARIABLE");
        }
        if (id is null) throw new UsageException($"--secret '{text}' has no id", "write id=ID,src=FILE or id=ID,env=VARIABLE");
        if (file is null && variable is null) variable = Environment.GetEnvironmentVariable(id) is not null ? id : null;
        if (file is null && variable is null) file = id;
        if (file is not null && !System.IO.File.Exists(file)) throw new UsageException($"the secret's file {file} is not there", "check src=");
        return (id, new BuildSecret(file is null ? null : Path.GetFullPath(file), variable));
    }

    private static (string Id, string Socket) Agent(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0) return (text[..equals], text[(equals + 1)..]);
        var socket = Environment.GetEnvironmentVariable("SSH_AUTH_SOCK") ?? throw new UsageException($"--ssh {text} needs an agent, and SSH_AUTH_SOCK is not set", "start one, or write ID=SOCKET");
        return (text, socket);
    }

    private static long? Epoch(string? text) => string.IsNullOrEmpty(text) ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch
        : throw new UsageException($"SOURCE_DATE_EPOCH '{text}' is no number of seconds", "such as 1700000000");
}
