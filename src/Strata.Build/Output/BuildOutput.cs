using Strata.Layers;

namespace Strata.Build;

/// <summary>Where a result goes besides the store, as <c>--output</c> of buildx says it.</summary>
public sealed record BuildOutput(BuildOutputKind Kind)
{
    /// <summary>A folder or a file; null or <c>-</c> for standard output, and for what goes to the store or a registry.</summary>
    public string? Target { get; init; }

    /// <summary>More names for the image.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>It is pushed under its names, too.</summary>
    public bool IsPushed { get; init; }

    /// <summary>Of an OCI layout: false is a folder, not an archive.</summary>
    public bool IsTar { get; init; } = true;

    /// <summary>Null leaves it to the builder.</summary>
    public LayerCompression? Compression { get; init; }

    /// <summary>Layers of the base get the compression, too.</summary>
    public bool ForcesCompression { get; init; }

    /// <summary>A folder for each platform, even where there is one; null where there are several.</summary>
    public bool? SplitsPlatforms { get; init; }

    /// <summary>Of the manifest.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public bool IsToStandardOutput => Kind is BuildOutputKind.Tar or BuildOutputKind.Oci or BuildOutputKind.Docker && Target == "-";

    /// <exception cref="FormatException">The text is no output, or asks for something that is not done.</exception>
    public static BuildOutput Parse(string text)
    {
        if (text == "-") return new BuildOutput(BuildOutputKind.Tar) { Target = "-" };
        if (!text.Contains('=', StringComparison.Ordinal)) return new BuildOutput(BuildOutputKind.Local) { Target = text };
        var fields = FieldList.Parse("--output", text);
        var output = new BuildOutput(Kinds.GetValueOrDefault(fields.Take("type") ?? throw new FormatException($"--output '{text}' has no type: the types are {string.Join(", ", Kinds.Keys)}"))
            ?? throw new FormatException($"--output '{text}' has an unknown type: the types are {string.Join(", ", Kinds.Keys)}"));
        output = output.Kind is BuildOutputKind.Local or BuildOutputKind.Tar ? Files(output, fields) : Image(output, fields);
        fields.End();
        return output;
    }

    private static Dictionary<string, BuildOutputKind?> Kinds { get; } = new(StringComparer.Ordinal)
    {
        ["image"] = BuildOutputKind.Image,
        ["registry"] = BuildOutputKind.Registry,
        ["oci"] = BuildOutputKind.Oci,
        ["docker"] = BuildOutputKind.Docker,
        ["local"] = BuildOutputKind.Local,
        ["tar"] = BuildOutputKind.Tar,
    };

    private static BuildOutput Files(BuildOutput output, FieldList fields)
    {
        var target = fields.Take("dest", "destination");
        if (target is null && output.Kind == BuildOutputKind.Local) throw new FormatException("--output type=local has no dest: write type=local,dest=FOLDER");
        return output with { Target = target ?? "-", SplitsPlatforms = fields.TakeTruth("platform-split") };
    }

    private static BuildOutput Image(BuildOutput output, FieldList fields)
    {
        var compression = fields.Take("compression");
        var level = fields.Take("compression-level");
        var isTar = fields.TakeTruth("tar") ?? true;
        var target = fields.Take("dest", "destination");
        var isFile = output.Kind is BuildOutputKind.Oci or BuildOutputKind.Docker;
        if (!isTar && output.Kind != BuildOutputKind.Oci) throw new FormatException("--output: tar=false is for type=oci, whose layout can be a folder");
        if (!isTar && target is null or "-") throw new FormatException("--output: tar=false needs a dest: the folder of the layout");
        if (!isFile && target is not null) throw new FormatException("--output: dest is for files: type=oci, docker, local or tar");
        if (fields.TakeTruth("oci-mediatypes") == false) throw new FormatException("--output: oci-mediatypes=false is not done: what is built has OCI's media types; skopeo copy --format v2s2 changes them");
        if (fields.TakeTruth("rewrite-timestamp") == false) throw new FormatException("--output: rewrite-timestamp=false is not done: files are never newer than SOURCE_DATE_EPOCH, or than the newest input");
        if (fields.TakeTruth("store") == false) throw new FormatException("--output: store=false is not done: what is built is in the store");
        return output with
        {
            // Docker's own, without a file, is to be where `run` finds it: in the store.
            Target = isFile ? target ?? (output.Kind == BuildOutputKind.Oci ? "-" : null) : null,
            Names = (fields.Take("name") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            IsPushed = fields.TakeTruth("push") ?? output.Kind == BuildOutputKind.Registry,
            IsTar = isTar,
            Compression = compression is null && level is null ? null : LayerCompression.Parse(compression ?? "gzip", level),
            ForcesCompression = fields.TakeTruth("force-compression") ?? false,
            Annotations = fields.TakeAll("annotation."),
        };
    }
}

public enum BuildOutputKind
{
    /// <summary>The store.</summary>
    Image,
    Registry,
    Oci,
    Docker,

    /// <summary>The files, in a folder.</summary>
    Local,

    /// <summary>The files, in an archive.</summary>
    Tar,
}
