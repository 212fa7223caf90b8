namespace Strata.Build.Dockerfiles;

/// <summary>COPY or ADD.</summary>
internal sealed record CopyInstruction(InstructionLine Line) : BuildInstruction(Line)
{
    public bool IsAdd => Line.Name == "ADD";

    /// <summary>Those that are no here-documents.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Here-documents that become files.</summary>
    public IReadOnlyList<InlineFile> Files { get; init; } = [];

    public required string Target { get; init; }

    /// <summary>A stage, its number, an image or a named context; null is the build's own context.</summary>
    public string? From { get; init; }

    public string Chown { get; init; } = "";

    public string Chmod { get; init; } = "";

    /// <summary>The layer does not depend on those below it.</summary>
    public bool IsLinked { get; init; }

    /// <summary>The folders of the sources are made in the target, too.</summary>
    public bool WithParents { get; init; }

    public IReadOnlyList<string> Excludes { get; init; } = [];

    /// <summary>Of what ADD fetches.</summary>
    public string Checksum { get; init; } = "";

    public bool? KeepsGitFolder { get; init; }

    /// <summary>Null leaves it to the kind of source: local archives are unpacked, fetched ones not.</summary>
    public bool? Unpacks { get; init; }
}

/// <param name="Expands">Variables in the content are expanded.</param>
internal sealed record InlineFile(string Name, string Content, bool Expands);
