namespace Strata.Images;

/// <summary>Reads a history's created_by as people wrote it in a Dockerfile.</summary>
public static class Instruction
{
    private const string Shell = "/bin/sh -c ";
    private const string Nop = "#(nop) ";

    /// <summary><c>/bin/sh -c #(nop) CMD ["bash"]</c> gives <c>CMD ["bash"]</c>, <c>/bin/sh -c apt-get update</c> gives <c>RUN apt-get update</c>.</summary>
    public static string Of(string? createdBy)
    {
        if (string.IsNullOrWhiteSpace(createdBy)) return "";
        var text = createdBy.Trim();
        if (text.EndsWith("# buildkit", StringComparison.Ordinal)) text = text[..^"# buildkit".Length].TrimEnd();
        var run = text.StartsWith("RUN ", StringComparison.Ordinal);
        if (run) text = text[4..].TrimStart();
        // Classic builders put build arguments in front: |2 A=1 B=2 /bin/sh -c …
        if (text.StartsWith('|') && text.IndexOf(Shell, StringComparison.Ordinal) is > 0 and var at) text = text[at..];
        if (!text.StartsWith(Shell, StringComparison.Ordinal)) return run ? "RUN " + text : text;
        text = text[Shell.Length..].TrimStart();
        return text.StartsWith(Nop, StringComparison.Ordinal) ? text[Nop.Length..].TrimStart() : "RUN " + text;
    }
}
