using System.CommandLine;
using System.Globalization;
using Strata.Build;
using Strata.Cli.Commands.Containers;

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

    public Option<string[]> CacheFrom { get; } = Many("--cache-from", "A cache that was handed on: type=registry,ref=NAME or type=local,src=FOLDER", "CACHE");

    public Option<string[]> CacheTo { get; } = Many("--cache-to", "Hand the cache on: type=registry|local|inline, mode=min|max", "CACHE");

    public BuildAttestations Attestations { get; } = new();

    public Option<bool> Push { get; } = new("--push") { Description = "Push it under its names: --output type=registry" };

    public Option<bool> Load { get; } = new("--load") { Description = "Have it in the store, where it is in any case: --output type=docker" };

    public Option<string[]> Annotations { get; } = Many("--annotation", "An annotation of the image's manifest", "KEY=VALUE");

    public Option<string[]> Hosts { get; } = Many("--add-host", "A line of /etc/hosts for RUN: NAME:ADDRESS", "HOST");

    public Option<string?> Network { get; } = One("--network", "The network of RUN: default or host, or none", "NETWORK");

    public Option<string[]> Allow { get; } = Many("--allow", "What RUN may ask for: security.insecure, network.host", "ENTITLEMENT");

    public Option<string?> Call { get; } = One("--call", "build, or check as --check", "METHOD");

    public Option<bool> Debug { get; } = new("--debug", "-D") { Description = "Open a shell in a RUN that failed" };

    public Option<string?> DebugRun { get; } = One("--debug-run", "Run a command of the shell in a RUN that failed", "COMMAND");

    public ResourceOptions Resources { get; } = new();

    public Option<bool> ExplainContext { get; } = new("--explain-context") { Description = "Say of each file of the context whether it is kept, and by which rule" };

    public Option<bool> Check { get; } = new("--check") { Description = "Say what could be better in the Dockerfile, and build nothing" };

    public IEnumerable<Option> All =>
    [
        Tags, File, Arguments, Target, Labels, NoCache, NoCacheFilter, Pull, Platforms, Contexts, Secrets, Agents, Output, IdFile, MetadataFile, CacheFrom, CacheTo, .. Attestations.All, Push, Load, Annotations, Hosts, Network, Allow,
        .. Resources.OfBuilds, Debug, DebugRun, Call, ExplainContext, Check, .. Ignored,
    ];

    /// <summary>What docker's options say that is so in any case.</summary>
    private static IEnumerable<Option> Ignored =>
    [
        new Option<bool>("--rm") { Hidden = true, DefaultValueFactory = _ => true }, new Option<bool>("--force-rm") { Hidden = true }, new Option<bool>("--compress") { Hidden = true },
        new Option<bool>("--layers") { Hidden = true, DefaultValueFactory = _ => true }, new Option<bool>("--disable-content-trust") { Hidden = true },
    ];

    public bool IsCheck(ParseResult parsed) => parsed.GetValue(Check) || parsed.GetValue(Call) switch
    {
        null or "build" => false,
        "check" => true,
        var other => throw new UsageException($"--call {other} is not done", "there are build and check"),
    };

    public IReadOnlyList<BuildOutput> Outputs(ParseResult parsed) =>
    [
        .. (parsed.GetValue(Output) ?? []).Select(o => ContainerArguments.Parse(() => BuildOutput.Parse(o))),
        .. parsed.GetValue(Push) ? [new BuildOutput(BuildOutputKind.Registry) { IsPushed = true }] : (BuildOutput[])[],
    ];

    public BuildOptions Of(ParseResult parsed)
    {
        var outputs = Outputs(parsed);
        var allowed = (parsed.GetValue(Allow) ?? []).SelectMany(a => a.Split(',')).ToArray();
        if (Array.Find(allowed, a => a is not ("security.insecure" or "network.host")) is { } unknown) throw new UsageException($"--allow {unknown} is not known", "there are security.insecure and network.host");
        var arguments = Pairs(parsed.GetValue(Arguments), "--build-arg", fromEnvironment: true);
        return new BuildOptions
        {
            Context = parsed.GetValue(Context) ?? "",
            Dockerfile = parsed.GetValue(File),
            Input = Console.OpenStandardInput(),
            Names = [.. (parsed.GetValue(Tags) ?? []).Concat(outputs.SelectMany(o => o.Names)).Select(t => Commands.Arguments.ToReference(t)).Distinct()],
            Arguments = arguments,
            Labels = Pairs(parsed.GetValue(Labels), "--label", fromEnvironment: false),
            Target = parsed.GetValue(Target),
            NoCache = parsed.GetValue(NoCache),
            NoCacheOf = [.. (parsed.GetValue(NoCacheFilter) ?? []).SelectMany(f => f.Split(','))],
            Pull = parsed.GetValue(Pull),
            Platforms = [.. (parsed.GetValue(Platforms) ?? []).SelectMany(p => p.Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(p => Commands.Arguments.ToPlatform(p)!)],
            Contexts = Pairs(parsed.GetValue(Contexts), "--build-context", fromEnvironment: false),
            CacheFrom = [.. (parsed.GetValue(CacheFrom) ?? []).Select(c => ContainerArguments.Parse(() => CacheLocation.ParseSource(c)))],
            CacheTo = [.. (parsed.GetValue(CacheTo) ?? []).Select(c => ContainerArguments.Parse(() => CacheLocation.ParseTarget(c)))],
            CacheBudget = CacheBudgetConfiguration.Load(),
            Provenance = Attestations.Provenance(parsed),
            Annotations = Annotated(parsed, outputs),
            Compression = outputs.Select(o => o.Compression).FirstOrDefault(c => c is not null),
            ForcesCompression = outputs.Any(o => o.ForcesCompression),
            ExtraHosts = parsed.GetValue(Hosts) ?? [],
            Network = parsed.GetValue(Network) switch { null or "default" or "host" => "host", "none" => "none", var other => throw new UsageException($"--network {other} is not for builds", "there are default, host and none") },
            AllowsInsecure = allowed.Contains("security.insecure", StringComparer.Ordinal),
            Resources = Resources.Of(parsed),
            Ulimits = Resources.Ulimits(parsed),
            ShmSize = Resources.ShmSize(parsed),
            Secrets = (parsed.GetValue(Secrets) ?? []).Select(Secret).ToDictionary(s => s.Id, s => s.Secret, StringComparer.Ordinal),
            Agents = (parsed.GetValue(Agents) ?? []).Select(Agent).ToDictionary(a => a.Id, a => a.Socket, StringComparer.Ordinal),
            Epoch = Epoch(arguments.GetValueOrDefault("SOURCE_DATE_EPOCH") ?? Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH")),
        };
    }

    private Dictionary<string, string> Annotated(ParseResult parsed, IReadOnlyList<BuildOutput> outputs)
    {
        var all = Pairs(parsed.GetValue(Annotations), "--annotation", fromEnvironment: false);
        foreach (var (key, value) in outputs.SelectMany(o => o.Annotations)) all[key] = value;
        return all;
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
