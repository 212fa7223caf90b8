namespace Strata.Packages.Catalogers.Software;

/// <summary>The file <c>release</c> that each Java has at its top, and Go's <c>VERSION</c>.</summary>
internal sealed class ToolchainCataloger : WholeDocumentCataloger
{
    private const int LongestRelease = 512 * 1024;

    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name switch
    {
        "release" when file.Size < LongestRelease => ReadRelease,
        "VERSION" when file.IsAt("go/VERSION") => ReadGo,
        _ => null,
    };

    private static void ReadRelease(DocumentText document, PackageList found)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in document.Lines)
        {
            var at = line.IndexOf('=', StringComparison.Ordinal);
            if (at > 0) fields.TryAdd(line[..at], line[(at + 1)..].Trim().Trim('"'));
        }

        if (Version(fields) is not { } version) return;
        var (vendor, product) = Product(fields.GetValueOrDefault("IMPLEMENTOR", ""), fields.GetValueOrDefault("IMAGE_TYPE", ""), document.Path);
        var source = fields.GetValueOrDefault("SOURCE_REPO") ?? fields.GetValueOrDefault("BUILD_SOURCE_REPO");
        var purl = $"pkg:generic/{vendor}/{product}@{Uri.EscapeDataString(version)}";
        found.Add("generic", product, version, purl: source is null ? purl : $"{purl}?repository_url={Uri.EscapeDataString(source)}");
    }

    /// <summary>The longest that says the same as JAVA_VERSION: <c>17.0.9+9</c>, <c>1.8.0_422-b05</c>.</summary>
    private static string? Version(Dictionary<string, string> fields)
    {
        if (fields.GetValueOrDefault("JAVA_RUNTIME_VERSION") is { Length: > 0 } runtime) return runtime;
        if (fields.GetValueOrDefault("JAVA_VERSION") is not { Length: > 0 } version) return null;
        return fields.GetValueOrDefault("FULL_VERSION") is { Length: > 0 } full && full.Split('.')[0] == version.Split('.')[0] ? full : version;
    }

    private static (string Vendor, string Product) Product(string implementor, string image, string path)
    {
        var by = implementor.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        var kind = image.Contains("jre", StringComparison.OrdinalIgnoreCase) ? "jre" : "jdk";
        if (by.Contains("azul", StringComparison.Ordinal) || path.Contains("zulu", StringComparison.Ordinal)) return ("azul", "zulu");
        if (by.Contains("sun", StringComparison.Ordinal)) return ("sun", kind);
        return by.Contains("oracle", StringComparison.Ordinal) ? ("oracle", kind) : ("oracle", "openjdk");
    }

    private static void ReadGo(DocumentText document, PackageList found)
    {
        var first = document.Lines.First();
        if (first.StartsWith("go", StringComparison.Ordinal) && first.Length > 2 && char.IsAsciiDigit(first[2])) found.Add("generic", "go", first[2..].Trim());
    }
}
