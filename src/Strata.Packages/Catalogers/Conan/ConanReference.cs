namespace Strata.Packages.Catalogers.Conan;

/// <summary><c>NAME/VERSION[@USER/CHANNEL][#REVISION][:PACKAGE][%TIME]</c>. PURL-TYPES, "conan".</summary>
internal static class ConanReference
{
    public static void Add(string reference, PackageList found)
    {
        var end = reference.AsSpan().IndexOfAny("#:% ");
        var parts = (end < 0 ? reference : reference[..end]).Split('@');
        var slash = parts[0].IndexOf('/', StringComparison.Ordinal);
        // A range in brackets names no version.
        if (slash < 1 || parts[0].AsSpan().ContainsAny("[]*")) return;
        var owner = parts.Length > 1 ? parts[1].Split('/') : [];
        var qualifiers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (owner is [var user, ..] && user is not ("" or "_")) qualifiers["user"] = user;
        if (owner is [_, var channel, ..] && channel is not ("" or "_")) qualifiers["channel"] = channel;
        found.Add("conan", parts[0][..slash], parts[0][(slash + 1)..], qualifiers: qualifiers);
    }
}
