using System.CommandLine;
using Strata.Cli.Completion;
using Strata.Packages;
using Strata.Packages.Formats;
using Strata.Packages.Formats.Attached;
using Strata.Packages.Formats.CycloneDx;
using Strata.Packages.Formats.Spdx;

namespace Strata.Cli.Commands;

internal static class SbomCommand
{
    private const string CycloneDx = "cyclonedx-json";
    private const string Spdx = "spdx-json";
    private const string Table = "table";

    public static Command Create()
    {
        var what = new Argument<string>("REF") { Description = "An image, dir:PATH for a plain folder, or a bill of materials to read" }.OfImages();
        var output = new Option<string>("--output", "-o") { Description = $"{CycloneDx}, {Spdx} or {Table}", DefaultValueFactory = _ => Table }
            .AcceptOnlyFromAmong(CycloneDx, Spdx, Table);
        var file = new Option<string?>("--file") { Description = "Write it there; to the terminal unless told otherwise", HelpName = "FILE" };
        var attach = new Option<bool>("--attach") { Description = $"Attach it to the image in its registry, as {CycloneDx} unless told otherwise" };
        var attached = new Option<bool>("--attached") { Description = "What is attached to the image in its registry: a list, or the one of --output or --digest" };
        var digest = new Option<string?>("--digest") { Description = "With --attached: the one whose digest begins so", HelpName = "DIGEST" };
        var named = Arguments.BaseOption();
        var platform = Arguments.PlatformOption();
        return new Command("sbom", "Write the bill of materials of an image, attach it, or read those that are attached") { what, output, file, attach, attached, digest, named, platform }
            .Does(async (parsed, session, cancellationToken) =>
            {
                var subject = parsed.GetRequiredValue(what);
                var on = Arguments.ToPlatform(parsed.GetValue(platform));
                var format = parsed.GetRequiredValue(output);
                if (parsed.GetValue(attach) && parsed.GetValue(attached)) throw new UsageException("--attach and --attached exclude each other");
                if (parsed.GetValue(digest) is not null && !parsed.GetValue(attached)) throw new UsageException("--digest chooses among what is attached", "add --attached");
                if (parsed.GetValue(attached))
                    return await ShowAttachedAsync(session, subject, on, format, parsed.GetValue(digest), parsed.GetValue(file), cancellationToken).ConfigureAwait(false);

                var (packages, _) = await PackageSource.FindAsync(session, subject, on, parsed.GetValue(named), cancellationToken).ConfigureAwait(false);
                PackageSource.Warn(packages);
                if (parsed.GetValue(attach))
                {
                    if (format == Table) format = CycloneDx;
                    await SbomAttaching.RunAsync(session, subject, on, format == CycloneDx ? SbomTypes.CycloneDx : SbomTypes.Spdx,
                        name => Document(format, SubjectOf(session, subject, on) with { Name = name }, packages), cancellationToken).ConfigureAwait(false);
                }
                else if (format == Table)
                {
                    PackagesCommand.List(session, packages);
                }
                else
                {
                    Write(Document(format, SubjectOf(session, subject, on), packages), parsed.GetValue(file));
                }
                return ExitCode.Done;
            });
    }

    private static async Task<int> ShowAttachedAsync(
        Session session, string what, Oci.Platform? platform, string format, string? digest, string? file, CancellationToken cancellationToken)
    {
        var all = await AttachedSboms.ReadAsync(session, what, platform, cancellationToken).ConfigureAwait(false);
        AttachedSboms.Warn(what, all);
        if (format == Table && digest is null) AttachedList.Write(session, what, all);
        else Write(AttachedList.Choose(what, all, format == Table ? null : format[..^"-json".Length], digest).Sbom!.Document.Span, file);
        return ExitCode.Done;
    }

    private static void Write(ReadOnlySpan<byte> document, string? file)
    {
        if (file is not null) WriteWhole(file, document);
        else WriteOut(document);
    }

    internal static byte[] Document(string format, SbomSubject subject, ImagePackages packages)
    {
        using var stream = new MemoryStream();
        if (format == CycloneDx) CycloneDxWriter.Write(stream, subject, packages);
        else SpdxWriter.Write(stream, subject, packages);
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    internal static SbomSubject SubjectOf(Session session, string what, Oci.Platform? platform)
    {
        if (!PackageSource.IsImage(what)) return new SbomSubject { Name = what, ToolVersion = ProductVersion.Text };
        var image = session.Images.Inspect(what, platform);
        return new SbomSubject
        {
            Name = image.Names.Count > 0 ? image.Names[0].Familiar : what,
            Digest = image.ManifestDescriptor.Digest,
            Created = image.Config.Created,
            ToolVersion = ProductVersion.Text,
        };
    }

    private static void WriteOut(ReadOnlySpan<byte> document)
    {
        using var stdout = Console.OpenStandardOutput();
        stdout.Write(document);
    }

    /// <summary>Whole or not there: a full disk leaves what was there before.</summary>
    private static void WriteWhole(string path, ReadOnlySpan<byte> document)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllBytes(temporary, document);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
