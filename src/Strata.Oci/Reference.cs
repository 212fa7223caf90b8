using System.Diagnostics.CodeAnalysis;

namespace Strata.Oci;

/// <summary>
/// The name of an image as people type it, read as docker reads it: <c>python</c> is <c>docker.io/library/python:latest</c>.
/// A name may carry a tag, a digest, or both; with both, the digest decides. An instance that exists is valid.
/// </summary>
public sealed record Reference
{
    public const string DefaultRegistry = "docker.io";
    public const string DefaultTag = "latest";
    private const string OfficialNamespace = "library/";

    private Reference(string registry, string repository, string? tag, Digest? digest)
    {
        Registry = registry;
        Repository = repository;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>Host and port, <c>docker.io</c> or <c>127.0.0.1:5000</c>.</summary>
    public string Registry { get; }

    /// <summary>The name within the registry, <c>library/python</c>.</summary>
    public string Repository { get; }

    public string? Tag { get; }

    public Digest? Digest { get; }

    /// <summary>What a registry's manifest end-point takes: the digest, else the tag.</summary>
    public string TagOrDigest => Digest?.ToString() ?? Tag ?? DefaultTag;

    /// <summary>Registry and repository, without tag or digest, in full.</summary>
    public string Name => $"{Registry}/{Repository}";

    /// <summary>The short form that people know: <c>python:3.11</c> for <c>docker.io/library/python:3.11</c>.</summary>
    public string Familiar => FamiliarName + Suffix;

    /// <summary>Without docker.io and library/, where the rest still reads as the same name: docker.io/a.io/b stays as it is.</summary>
    public string FamiliarName => Registry == DefaultRegistry && SplitRegistry(WithoutDefaults) == (Registry, Repository) ? WithoutDefaults : Name;

    private string WithoutDefaults =>
        Repository.StartsWith(OfficialNamespace, StringComparison.Ordinal) && Repository.LastIndexOf('/') == OfficialNamespace.Length - 1
            ? Repository[OfficialNamespace.Length..]
            : Repository;

    private string Suffix => (Tag is null ? "" : ":" + Tag) + (Digest is null ? "" : "@" + Digest);

    /// <exception cref="FormatException">The text is no reference; the message says what is wrong with it.</exception>
    public static Reference Parse(string text) =>
        TryParse(text, out var reference, out var fault) ? reference : throw new FormatException(fault);

    public static bool TryParse(string? text, [NotNullWhen(true)] out Reference? reference) => TryParse(text, out reference, out _);

    public static bool TryParse(string? text, [NotNullWhen(true)] out Reference? reference, [NotNullWhen(false)] out string? fault)
    {
        reference = null;
        fault = Read(text ?? "", out var registry, out var repository, out var tag, out var digest);
        if (fault is not null)
        {
            fault = $"'{Shown.Text(text)}' is not an image name: {fault}";
            return false;
        }
        reference = new Reference(registry, repository, tag ?? (digest is null ? DefaultTag : null), digest);
        return true;
    }

    /// <summary>The same repository at a tag.</summary>
    /// <exception cref="FormatException">The tag is not valid.</exception>
    public Reference WithTag(string tag) => ReferenceGrammar.IsTag(tag)
        ? new Reference(Registry, Repository, tag, digest: null)
        : throw new FormatException($"'{Shown.Text(tag)}' is not a tag");

    /// <summary>The same repository at a digest.</summary>
    public Reference WithDigest(Digest digest) => new(Registry, Repository, tag: null, digest);

    /// <summary>The canonical text, in full: <c>docker.io/library/python:3.11</c>.</summary>
    public override string ToString() => Name + Suffix;

    private static string? Read(string text, out string registry, out string repository, out string? tag, out Digest? digest)
    {
        (registry, repository, tag, digest) = ("", "", null, null);
        if (text.Length == 0) return "it is empty";
        if (text.Length == 64 && ReferenceGrammar.IsHex(text)) return "64 hex digits alone are an image ID; write sha256: before them";

        var name = text;
        var at = name.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            if (!Oci.Digest.TryParse(name.AsSpan(at + 1), out var parsed)) return "what follows '@' is not a digest";
            digest = parsed;
            name = name[..at];
        }
        // A colon after the last slash begins a tag; before it, a port.
        var colon = name.LastIndexOf(':');
        if (colon > name.LastIndexOf('/'))
        {
            tag = name[(colon + 1)..];
            if (!ReferenceGrammar.IsTag(tag)) return "a tag has 1 to 128 letters, digits, '_', '.' and '-', and begins with none of the last two";
            name = name[..colon];
        }
        (registry, repository) = SplitRegistry(name);
        if (!ReferenceGrammar.IsRegistry(registry)) return $"'{Shown.Text(registry)}' is not a registry's host name";
        if (repository.Any(char.IsAsciiLetterUpper)) return "a repository name must be lowercase";
        if (repository.Length > ReferenceGrammar.MaxRepository) return $"a repository name has at most {ReferenceGrammar.MaxRepository} characters";
        if (!ReferenceGrammar.IsRepository(repository)) return "a repository name has lowercase letters and digits, separated by '/', '.', '_', '__' or '-'";
        return null;
    }

    private static (string Registry, string Repository) SplitRegistry(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var head = slash < 0 ? "" : name[..slash];
        // The first part is a host only if it looks like one; 'me/app' is a repository of the default registry.
        var isHost = slash >= 0 && (head.AsSpan().ContainsAny('.', ':') || head == "localhost" || head.Any(char.IsAsciiLetterUpper));
        var registry = isHost ? head : DefaultRegistry;
        var repository = isHost ? name[(slash + 1)..] : name;
        if (registry == "index.docker.io") registry = DefaultRegistry;
        if (registry == DefaultRegistry && !repository.Contains('/', StringComparison.Ordinal)) repository = OfficialNamespace + repository;
        return (registry, repository);
    }
}
