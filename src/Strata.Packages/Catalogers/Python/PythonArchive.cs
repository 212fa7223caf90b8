using System.IO.Compression;

namespace Strata.Packages.Catalogers.Python;

/// <summary>Wheels and eggs, which are zips with the metadata inside.</summary>
internal static class PythonArchive
{
    /// <summary>Bytes of the metadata that are read; what counts is at the beginning.</summary>
    private const int LongestMetadata = 1024 * 1024;

    public static void Read(DocumentText document, PackageList found)
    {
        using var zip = new ZipArchive(document.OpenRead(), ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            if (!IsMetadata(entry.FullName)) continue;
            var text = new byte[LongestMetadata];
            using var stream = entry.Open();
            var length = stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
            CoreMetadata.Read(System.Text.Encoding.UTF8.GetString(text, 0, length).Split('\n').Select(l => l.TrimEnd('\r')), found);
            return;
        }
    }

    private static bool IsMetadata(string path) =>
        path == "EGG-INFO/PKG-INFO" || path.EndsWith(".dist-info/METADATA", StringComparison.Ordinal) && path.AsSpan().Count('/') == 1;
}
