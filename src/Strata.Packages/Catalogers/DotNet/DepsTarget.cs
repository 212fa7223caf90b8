using System.Text.Json;
using Strata.Packages.Facts;

namespace Strata.Packages.Catalogers.DotNet;

/// <summary>The part of a deps.json that says which files of each library are loaded.</summary>
/// <param name="target">Undefined where the document has none that fits.</param>
internal sealed class DepsTarget(JsonElement target)
{
    private const int MostFiles = 20_000;

    private static readonly string[] Assets = ["runtime", "runtimeTargets", "native", "resources"];

    private readonly Dictionary<string, bool> _loads = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether a library has files, or needs one that has (a package may be but a list of others). True, too, where nothing is known of it:
    /// leaving it out could hide a vulnerability.
    /// </summary>
    public bool Loads(string library)
    {
        if (_loads.TryGetValue(library, out var known)) return known;
        // Libraries that need each other in a circle are asked once.
        _loads[library] = false;
        var entry = target.At(library);
        var loads = entry.ValueKind != JsonValueKind.Object
            || Assets.Any(a => entry.At(a).Members.Any())
            || entry.At("dependencies").Members.Any(d => IsKnown($"{d.Name}/{d.Value.AsText}") && Loads($"{d.Name}/{d.Value.AsText}"));
        return _loads[library] = loads;
    }

    /// <summary>The files of a library, where publishing may have put them, as <see cref="PathHash"/>: they need not be looked at.</summary>
    /// <param name="library">Name and version.</param>
    /// <param name="folder">The application's, with a slash at its end, or empty.</param>
    public IReadOnlyList<ulong> Files(string library, string folder)
    {
        var files = new HashSet<ulong>();
        var entry = target.At(library);
        foreach (var asset in Assets)
        {
            foreach (var file in entry.At(asset).Members)
            {
                if (files.Count >= MostFiles) return [.. files];
                if (!file.Name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && !file.Name.Contains(".so", StringComparison.Ordinal)) continue;
                files.Add(PathHash.Of(folder + file.Name));
                files.Add(PathHash.Of(folder + file.Name[(file.Name.LastIndexOf('/') + 1)..]));
            }
        }

        return [.. files];
    }

    private bool IsKnown(string library) => target.At(library).ValueKind == JsonValueKind.Object;
}
