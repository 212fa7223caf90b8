using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Cli.Completion;
using Strata.Images;
using Strata.Oci;

namespace Strata.Cli.Commands;

/// <summary>Arguments that several commands share.</summary>
internal static class Arguments
{
    public static Argument<string> Image(string name = "REF") => new Argument<string>(name) { Description = "An image: its name, or the beginning of its ID" }.OfImages();

    /// <exception cref="UsageException">The text is no image name.</exception>
    public static Reference ToReference(string text) =>
        Reference.TryParse(text, out var reference, out var fault) ? reference : throw new UsageException(fault, "a name looks like python:3.11 or 127.0.0.1:5000/team/app:1.0");

    public static Option<string?> PlatformOption() =>
        new("--platform") { Description = "For a platform other than this machine's: os/arch[/variant]", HelpName = "PLATFORM" };

    public static Option<string?> BaseOption() =>
        new Option<string?>("--base") { Description = "The image that it was made from; found by layers and annotations without it", HelpName = "REF" }.OfImages();

    public static Platform? ToPlatform(string? text) => text is null ? null : Platform.Parse(text);

    public static Argument<string?> RegistryHost() =>
        new("HOST") { Description = "The registry, such as 127.0.0.1:5000; docker.io without it, or what the configuration says", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>The registry as names have it: addresses are taken, too, and lose what is not the host.</summary>
    /// <exception cref="UsageException">The text is no host.</exception>
    public static string ToRegistry(string? text, Session session)
    {
        var host = text ?? session.Config.DefaultRegistry;
        if (host.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme) host = host[(scheme + 3)..];
        if (host.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash) host = host[..slash];
        if (host is "docker.io" or "index.docker.io" or "registry-1.docker.io") return "docker.io";
        return Reference.TryParse(host + "/x", out var name) && name.Registry == host ? host
            : throw new UsageException($"'{text}' is not a registry", "a registry is a host, such as registry.example.com or 127.0.0.1:5000");
    }

    /// <summary>A file, or stdin for <c>-</c>; and what to call it.</summary>
    /// <exception cref="UsageException">Stdin is a terminal: nobody types an archive.</exception>
    public static (Stream Content, string Name) OpenInput(string path, string adviceForTerminal)
    {
        if (path != "-")
        {
            if (Directory.Exists(path)) throw new CommandException($"{path} is a folder and should be a file", $"an OCI layout in a folder is read by: strata copy oci:{path} NAME");
            if (!File.Exists(path)) throw new CommandException($"there is no file {path}", "check the path");
            return (new FileStream(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan }), path);
        }
        if (!Console.IsInputRedirected) throw new UsageException("nothing comes in on stdin", adviceForTerminal);
        return (Console.OpenStandardInput(), "stdin");
    }

    public static Option<string?> TagOption() => new("--tag", "-t") { Description = "The new image's name; the image's own without it", HelpName = "REF" };

    /// <exception cref="UsageException">The text is no name that an image can get.</exception>
    public static Reference? ToTag(string? text)
    {
        if (text is null) return null;
        var name = ToReference(text);
        return name.Digest is null ? name : throw new UsageException($"{name.Familiar} has a digest", "a new name has a tag: NAME:TAG");
    }

    /// <summary>An image that was made here: its ID on stdout, as docker's import and build print it.</summary>
    public static void WriteMade(Session session, LoadedImage image) => session.Output.Object(new JsonObject
    {
        ["Id"] = image.Id.ToString(),
        ["Digest"] = image.Digest.ToString(),
        ["Names"] = new JsonArray([.. image.Names.Select(n => (JsonNode)n.Familiar)]),
    }, asText: () => Console.Out.WriteLine(image.Id));
}
