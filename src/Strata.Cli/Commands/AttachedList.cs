using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;
using Strata.Images;

namespace Strata.Cli.Commands;

/// <summary>Shows the bills of materials that are attached to an image, or chooses one of them.</summary>
internal static class AttachedList
{
    public static void Write(Session session, string what, IReadOnlyList<AttachedDocument> all)
    {
        if (all.Count == 0 && !session.Output.IsQuiet)
            Console.Error.WriteLine($"no bill of materials is attached to {what}; strata sbom {what} --attach adds one");
        session.Output.List([.. all], ToJson, ToTable, d => Digest(d));
    }

    /// <summary>The one that is meant: by the beginning of a digest, by format, or the only one there is.</summary>
    /// <param name="format"><c>cyclonedx</c> or <c>spdx</c>; null for any.</param>
    /// <param name="digest">Of the document or of its manifest; null for any.</param>
    /// <exception cref="CommandException">There is none, or several are meant.</exception>
    public static AttachedDocument Choose(string what, IReadOnlyList<AttachedDocument> all, string? format, string? digest)
    {
        var hex = digest?.StartsWith("sha256:", StringComparison.Ordinal) == true ? digest["sha256:".Length..] : digest;
        var fitting = all.Where(d => d.Sbom is not null && (format is null || d.Sbom.Format == format)
            && (hex is null || d.Attachment.Content!.Digest.Hex.StartsWith(hex, StringComparison.Ordinal) || d.Attachment.Manifest.Hex.StartsWith(hex, StringComparison.Ordinal)))
            .DistinctBy(d => d.Attachment.Content!.Digest).ToArray();
        return fitting.Length switch
        {
            1 => fitting[0],
            0 => throw new CommandException($"no {(format is null ? "" : format + " ")}bill of materials{(digest is null ? "" : $" {digest}")} is attached to {what}", $"list what is: strata sbom {what} --attached"),
            var n => throw new CommandException($"{n} bills of materials that fit are attached to {what}", $"choose one with --digest: {string.Join(", ", fitting.Select(d => d.Attachment.Content!.Digest.Short))}"),
        };
    }

    private static string Digest(AttachedDocument d) => (d.Attachment.Content?.Digest ?? d.Attachment.Manifest).ToString();

    private static JsonObject ToJson(AttachedDocument d) => new()
    {
        ["digest"] = d.Attachment.Content?.Digest.ToString(),
        ["manifest"] = d.Attachment.Manifest.ToString(),
        ["attachedBy"] = How(d.Attachment.AttachedBy),
        ["artifactType"] = d.Attachment.ArtifactType,
        ["mediaType"] = d.Attachment.Content?.MediaType,
        ["size"] = d.Attachment.Content?.Size,
        ["format"] = d.Sbom?.Format,
        ["formatVersion"] = d.Sbom?.FormatVersion,
        ["tool"] = d.Sbom?.Tool,
        ["created"] = d.Sbom?.Created,
        ["signed"] = d.Sbom?.IsSigned,
        ["packages"] = d.Sbom?.Packages.Packages.Count,
        ["fault"] = d.Fault,
    };

    private static TextTable ToTable(IReadOnlyCollection<AttachedDocument> all)
    {
        var table = new TextTable("DIGEST", "FORMAT", "PACKAGES", "ATTACHED BY", "SIGNED", "TOOL", "CREATED") { Flexible = 5 };
        foreach (var d in all.Where(d => d.Sbom is not null))
        {
            table.Add(d.Attachment.Content!.Digest.Short, $"{d.Sbom!.Format} {d.Sbom.FormatVersion}".TrimEnd(), d.Sbom.Packages.Packages.Count.ToString(CultureInfo.InvariantCulture),
                How(d.Attachment.AttachedBy), d.Sbom.IsSigned ? "not checked" : "no", d.Sbom.Tool ?? "", d.Sbom.Created ?? "");
        }
        return table;
    }

    internal static string How(AttachedBy by) => by switch
    {
        AttachedBy.Referrer => "referrer",
        AttachedBy.Tag => "tag",
        _ => "index",
    };
}
