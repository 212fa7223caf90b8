using System.Reflection;
using Microsoft.AspNetCore.Http;
using Strata.Images;
using Strata.Packages;
using Strata.Packages.Formats;
using Strata.Packages.Formats.Attached;
using Strata.Packages.Formats.CycloneDx;
using Strata.Packages.Formats.Spdx;

namespace Strata.Ui.Images;

/// <summary>The bill of materials of an image, as a file to keep.</summary>
public sealed class SbomFile : IResult
{
    public const string CycloneDx = "cyclonedx.json";
    public const string Spdx = "spdx.json";

    private readonly string _format;
    private readonly SbomSubject _subject;
    private readonly ImagePackages _packages;

    private SbomFile(string format, SbomSubject subject, ImagePackages packages) => (_format, _subject, _packages) = (format, subject, packages);

    /// <param name="format"><see cref="CycloneDx"/> or <see cref="Spdx"/>, which are the names of the files, too.</param>
    public static SbomFile Of(string format, ImageDetails image, ImagePackages packages) => new(format, new SbomSubject
    {
        Name = image.Names.Count > 0 ? image.Names[0].Familiar : image.Id.ToString(),
        Digest = image.ManifestDescriptor.Digest,
        Created = image.Config.Created,
        ToolVersion = typeof(SbomFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0",
    }, packages);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var document = new MemoryStream();
        if (_format == CycloneDx) CycloneDxWriter.Write(document, _subject, _packages);
        else SpdxWriter.Write(document, _subject, _packages);
        document.WriteByte((byte)'\n');
        document.Position = 0;
        var response = httpContext.Response;
        response.ContentType = _format == CycloneDx ? SbomTypes.CycloneDx : SbomTypes.Spdx;
        response.ContentLength = document.Length;
        response.Headers.ContentDisposition = $"attachment; filename=\"{FileName()}\"";
        if (!HttpMethods.IsHead(httpContext.Request.Method)) await document.CopyToAsync(response.Body, httpContext.RequestAborted);
    }

    // Only what a file's name may have anywhere.
    private string FileName()
    {
        var name = _subject.Name[(_subject.Name.LastIndexOf('/') + 1)..];
        return string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')) + "." + _format;
    }
}
