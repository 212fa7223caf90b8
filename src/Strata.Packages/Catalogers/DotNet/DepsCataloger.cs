using System.Text.Json;
using Strata.Packages.Facts;

namespace Strata.Packages.Catalogers.DotNet;

/// <summary>
/// NAME.deps.json beside an application of .NET, and beside the shared frameworks: what is loaded, and from where. dotnet/runtime,
/// docs/design/features/host-runtime-config and runtime-configuration-file.md.
/// </summary>
internal sealed class DepsCataloger : WholeDocumentCataloger
{
    /// <summary>What the SDK puts before the name of the runtime that a self-contained application brings.</summary>
    private const string RuntimePack = "runtimepack.";

    protected override ReadPackages? ReaderOf(FileCandidate file) =>
        file.Path.EndsWith(".deps.json", StringComparison.OrdinalIgnoreCase) ? Read : null;

    private static void Read(DocumentText document, PackageList found)
    {
        using var json = document.LenientJson;
        var target = new DepsTarget(Target(json.RootElement));
        var folder = document.Path[..(document.Path.LastIndexOf('/') + 1)];
        foreach (var library in json.RootElement.At("libraries").Members)
        {
            var slash = library.Name.IndexOf('/', StringComparison.Ordinal);
            var files = slash > 0 ? target.Files(library.Name, folder) : null;
            var type = library.Value.Text("type");
            if (Is(type, "package") || Is(type, "runtimepack")) Add(found, library.Name, slash, files, target);
            else if (files is { Count: > 0 }) found.Claim(library.Name[..slash], files);
        }
    }

    private static void Add(PackageList found, string library, int slash, IReadOnlyList<ulong>? files, DepsTarget target)
    {
        if (slash <= 0)
        {
            found.Fault($"the library '{library}' has no version, and was left out");
            return;
        }
        // A package of which nothing is loaded, because the runtime has something newer, is not there.
        if (!target.Loads(library)) return;
        var name = library[..slash];
        if (name.StartsWith(RuntimePack, StringComparison.Ordinal)) name = name[RuntimePack.Length..];
        found.Add(new PackageFact { Type = "nuget", Name = name, Version = library[(slash + 1)..], Owns = files is { Count: > 0 } ? files : null, Fingerprint = 0 });
    }

    /// <summary>The target that the host uses; it has a name with the processor in it, or none.</summary>
    private static JsonElement Target(JsonElement root)
    {
        var runtime = root.At("runtimeTarget");
        return (runtime.Text("name") ?? runtime.AsText) is { } name ? root.At("targets").At(name) : default;
    }

    private static bool Is(string? type, string wanted) => string.Equals(type, wanted, StringComparison.OrdinalIgnoreCase);
}
