using System.CommandLine;
using Strata.Build;
using Strata.Cli.Commands.Containers;
using Strata.Oci;
using Strata.Packages.Formats.Attached;

namespace Strata.Cli.Commands;

/// <summary>What is kept beside an image that is built, by buildx's options: how it was built, and its bill of materials.</summary>
internal sealed class BuildAttestations
{
    private readonly Option<string?> _provenance = new("--provenance") { Description = "Keep how it was built beside it: mode=min unless told otherwise, mode=max, or false", HelpName = "MODE" };
    private readonly Option<bool> _sbom = new("--sbom") { Description = "Keep its bill of materials beside it" };
    private readonly Option<string[]> _attest = new("--attest") { Description = "type=provenance,mode=max or type=sbom", HelpName = "ATTESTATION" };

    public IEnumerable<Option> All => [_provenance, _sbom, _attest];

    /// <summary>On unless told otherwise: the image's own digest is the same with and without.</summary>
    public ProvenanceMode Provenance(ParseResult parsed)
    {
        var mode = parsed.GetValue(_provenance) is { } text ? Mode("--provenance", text) : ProvenanceMode.Min;
        foreach (var fields in Attested(parsed))
            if (fields.Type == "provenance") mode = fields.Mode;
        return mode;
    }

    public bool WantsSbom(ParseResult parsed)
    {
        var wants = parsed.GetValue(_sbom);
        foreach (var fields in Attested(parsed))
            if (fields.Type == "sbom") wants = fields.Mode != ProvenanceMode.None;
        return wants;
    }

    public async Task AddSbomsAsync(Session session, BuiltImage image, CancellationToken cancellationToken)
    {
        foreach (var what in image.Platforms.Select(p => p.Digest.ToString()))
        {
            var (packages, _) = await PackageSource.FindAsync(session, what, platform: null, baseName: null, cancellationToken).ConfigureAwait(false);
            var subject = SbomCommand.SubjectOf(session, what, platform: null) with { Name = image.Names.Count > 0 ? image.Names[0].Familiar : what };
            await session.Images.KeepAttachmentAsync(Digest.Parse(what), SbomTypes.Spdx, SbomTypes.Spdx, SbomCommand.Document("spdx-json", subject, packages), null, cancellationToken).ConfigureAwait(false);
        }
    }

    private IEnumerable<(string Type, ProvenanceMode Mode)> Attested(ParseResult parsed) => (parsed.GetValue(_attest) ?? []).Select(text => ContainerArguments.Parse(() =>
    {
        var fields = FieldList.Parse("--attest", text);
        var type = fields.Take("type") ?? throw new FormatException($"--attest '{text}' has no type: there are provenance and sbom");
        if (type is not ("provenance" or "sbom")) throw new FormatException($"--attest: the type '{type}' is not known: there are provenance and sbom");
        var mode = fields.TakeTruth("disabled") == true ? ProvenanceMode.None : type == "sbom" ? ProvenanceMode.Min : Mode("--attest", "mode=" + (fields.Take("mode") ?? "min"));
        fields.End();
        return (type, mode);
    }));

    private static ProvenanceMode Mode(string option, string text) => text switch
    {
        "false" or "0" or "disabled=true" => ProvenanceMode.None,
        "true" or "1" or "mode=min" => ProvenanceMode.Min,
        "mode=max" => ProvenanceMode.Max,
        _ => throw new UsageException($"{option}={text} is not known", "there are true, false, mode=min and mode=max"),
    };
}
