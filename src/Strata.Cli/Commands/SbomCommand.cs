using System.CommandLine;
using Strata.Cli.Completion;
using Strata.Packages;
using Strata.Packages.Formats;
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
        var named = Arguments.BaseOption();
        var platform = Arguments.PlatformOption();
        return new Command("sbom", "Write the bill of materials of an image") { what, output, file, named, platform }.Does(async (parsed, session, cancellationToken) =>
        {
            var subject = parsed.GetRequiredValue(what);
            var on = Arguments.ToPlatform(parsed.GetValue(platform));
            var (packages, _) = await PackageSource.FindAsync(session, subject, on, parsed.GetValue(named), cancellationToken).ConfigureAwait(false);
            PackageSource.Warn(packages);
            if (parsed.GetValue(output) == Table)
            {
                PackagesCommand.List(session, packages);
                return ExitCode.Done;
            }
            var document = Document(parsed.GetRequiredValue(output), SubjectOf(session, subject, on), packages);
            if (parsed.GetValue(file) is { } path) WriteWhole(path, document);
            else WriteOut(document);
            return ExitCode.Done;
        });
    }

    private static byte[] Document(string format, SbomSubject subject, ImagePackages packages)
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

    private static void WriteOut(byte[] document)
    {
        using var stdout = Console.OpenStandardOutput();
        stdout.Write(document);
    }

    /// <summary>Whole or not there: a full disk leaves what was there before.</summary>
    private static void WriteWhole(string path, byte[] document)
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
