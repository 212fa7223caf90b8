using Strata.Packages.Facts;

namespace Strata.Packages.Catalogers.Debian;

/// <summary>Says whether a stanza is an installed package, and which.</summary>
internal static class StanzaPackage
{
    /// <summary>Null for a stanza that does not count, or (then with a fault) for one that cannot be used.</summary>
    public static PackageFact? Of(Stanza stanza, string type, bool statusIsOptional, DebianLimits limits, out string? fault)
    {
        fault = null;
        if (string.IsNullOrEmpty(stanza.Package)) fault = "names no package";
        else if (!Counts(stanza.Status, statusIsOptional, ref fault)) return null;
        else if (string.IsNullOrEmpty(stanza.Version)) fault = $"gives no version of {Shown(stanza.Package)}";
        else if (IsBad(stanza.Package, limits)) fault = "has a package name with control characters or beyond measure";
        else if (IsBad(stanza.Version, limits) || IsBad(stanza.Architecture, limits) || IsBad(stanza.Source, limits))
            fault = $"has a field of {stanza.Package} with control characters or beyond measure";
        return fault is null ? Make(stanza, type) : null;
    }

    /// <summary>
    /// dpkg(1), "Package states": the third word of Status. The files of a package are there, whole or in part, in all states but
    /// not-installed and config-files. dpkg takes a stanza without Status as not installed.
    /// </summary>
    private static bool Counts(string? status, bool statusIsOptional, ref string? fault)
    {
        if (string.IsNullOrEmpty(status)) return statusIsOptional;
        var words = status.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        switch (words is [_, _, var state] ? state : "")
        {
            case "installed" or "unpacked" or "half-installed" or "half-configured" or "triggers-awaited" or "triggers-pending":
                return true;
            case "config-files" or "not-installed":
                return false;
            default:
                fault = $"has a status that dpkg does not know: '{Shown(status)}'";
                return false;
        }
    }

    private static PackageFact Make(Stanza stanza, string type)
    {
        var (source, sourceVersion) = SourceOf(stanza);
        return new PackageFact
        {
            Type = type,
            Name = stanza.Package!,
            Version = stanza.Version!,
            Architecture = string.IsNullOrEmpty(stanza.Architecture) ? null : stanza.Architecture,
            SourceName = source,
            SourceVersion = sourceVersion,
            Fingerprint = stanza.Fingerprint,
        };
    }

    /// <summary>deb-control(5), Source: <c>name</c> or <c>name (version)</c>, present only where it differs from the package.</summary>
    private static (string Name, string Version) SourceOf(Stanza stanza)
    {
        var text = stanza.Source.AsSpan().Trim();
        if (text.IsEmpty) return (stanza.Package!, stanza.Version!);
        var open = text.IndexOf('(');
        if (open < 0) return (text.ToString(), stanza.Version!);
        var name = text[..open].TrimEnd();
        var version = text[(open + 1)..];
        var close = version.IndexOf(')');
        version = (close < 0 ? version : version[..close]).Trim();
        return (name.IsEmpty ? stanza.Package! : name.ToString(), version.IsEmpty ? stanza.Version! : version.ToString());
    }

    private static bool IsBad(string? field, DebianLimits limits) =>
        field is not null && (field.Length > limits.FieldCharacters || field.AsSpan().ContainsAnyInRange('\0', '\u001f'));

    private static string Shown(string text) =>
        string.Create(Math.Min(text.Length, 80), text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
        });
}
