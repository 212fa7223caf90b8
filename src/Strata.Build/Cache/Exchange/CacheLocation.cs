using Strata.Oci;

namespace Strata.Build;

/// <summary>Where a cache goes to or comes from, as <c>--cache-to</c> and <c>--cache-from</c> of buildx say it.</summary>
public sealed record CacheLocation(CacheLocationKind Kind)
{
    /// <summary>Of a registry.</summary>
    public Reference? Name { get; init; }

    /// <summary>Of a local one: an OCI image layout, and the name in it.</summary>
    public string? Folder { get; init; }

    public string? Tag { get; init; }

    /// <summary>All steps of all stages; false takes those whose layers the image has.</summary>
    public bool IsMax { get; init; }

    /// <summary>The folders of cache mounts, too.</summary>
    public bool HasMounts { get; init; }

    /// <summary>A failure to bring it there is a warning.</summary>
    public bool IgnoresErrors { get; init; }

    /// <exception cref="FormatException">The text is no place for a cache.</exception>
    public static CacheLocation ParseTarget(string text)
    {
        var fields = FieldList.Parse("--cache-to", Typed(text));
        var location = Parse("--cache-to", fields, "dest");
        var mode = fields.Take("mode") ?? "min";
        if (mode is not ("min" or "max")) throw new FormatException($"--cache-to: mode={mode} is neither min nor max");
        location = location with { IsMax = mode == "max", HasMounts = fields.TakeTruth("mounts") ?? mode == "max", IgnoresErrors = fields.TakeTruth("ignore-error") ?? false };
        fields.End();
        return location;
    }

    /// <exception cref="FormatException">The text is no place for a cache.</exception>
    public static CacheLocation ParseSource(string text)
    {
        var fields = FieldList.Parse("--cache-from", Typed(text));
        var location = Parse("--cache-from", fields, "src");
        if (location.Kind == CacheLocationKind.Inline) throw new FormatException("--cache-from: what is inline comes with its image: write type=registry,ref=IMAGE");
        fields.End();
        return location;
    }

    public override string ToString() => Name?.Familiar ?? Folder ?? "inline";

    /// <summary>A name alone is a registry's.</summary>
    private static string Typed(string text) => text.Contains('=', StringComparison.Ordinal) ? text : $"type=registry,ref={text}";

    private static CacheLocation Parse(string option, FieldList fields, string path)
    {
        switch (fields.Take("type"))
        {
            case "registry":
                var reference = fields.Take("ref") ?? throw new FormatException($"{option}: type=registry has no ref: write ref=HOST/NAME:TAG");
                return Reference.TryParse(reference, out var name, out var fault) ? new CacheLocation(CacheLocationKind.Registry) { Name = name } : throw new FormatException($"{option}: {fault}");
            case "local":
                return new CacheLocation(CacheLocationKind.Local) { Folder = Path.GetFullPath(fields.Take(path) ?? throw new FormatException($"{option}: type=local has no {path}: write {path}=FOLDER")), Tag = fields.Take("tag") ?? "latest" };
            case "inline":
                return new CacheLocation(CacheLocationKind.Inline);
            case var other:
                throw new FormatException($"{option}: the type '{other}' is not known: there are registry, local and inline");
        }
    }
}

public enum CacheLocationKind
{
    Registry,
    Local,

    /// <summary>Beside the image, and pushed with it.</summary>
    Inline,
}
