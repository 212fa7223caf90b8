using System.Text.Json;

namespace Strata.Packages.Catalogers.Conda;

/// <summary>conda writes <c>conda-meta/NAME-VERSION-BUILD.json</c> for each package of an environment. PURL-TYPES, "conda".</summary>
internal sealed class CondaCataloger : WholeDocumentCataloger
{
    protected override ReadPackages? ReaderOf(FileCandidate file) =>
        file.Name.EndsWith(".json", StringComparison.Ordinal) && file.Path.AsSpan(0, file.Path.Length - file.Name.Length).TrimEnd('/').EndsWith("conda-meta", StringComparison.Ordinal)
            ? Read
            : null;

    private static void Read(DocumentText document, PackageList found)
    {
        using var json = document.Json;
        var package = json.RootElement;
        var qualifiers = new Dictionary<string, string>(StringComparer.Ordinal);
        Set("build", package.Text("build"));
        Set("channel", ChannelOf(package));
        Set("subdir", package.Text("subdir"));
        Set("type", TypeOf(package.Text("fn")));
        found.Add("conda", package.Text("name"), package.Text("version"), package.Text("license") is { } license ? [license] : [], qualifiers);

        void Set(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value)) qualifiers[key] = value;
        }
    }

    /// <summary>Of an address such as <c>https://HOST/conda-forge/linux-64</c>, the name.</summary>
    private static string? ChannelOf(JsonElement package)
    {
        var parts = package.Text("channel")?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var last = parts.LastOrDefault();
        return last is not null && last == package.Text("subdir") && parts.Length > 1 ? parts[^2] : last;
    }

    private static string? TypeOf(string? file) => file switch
    {
        null => null,
        _ when file.EndsWith(".tar.bz2", StringComparison.Ordinal) => "tar.bz2",
        _ when file.EndsWith(".conda", StringComparison.Ordinal) => "conda",
        _ => null,
    };
}
