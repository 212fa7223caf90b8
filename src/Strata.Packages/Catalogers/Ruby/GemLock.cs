namespace Strata.Packages.Catalogers.Ruby;

/// <summary>
/// Gemfile.lock: sections of sources, and below their <c>specs:</c> a line <c>NAME (VERSION[-PLATFORM])</c> for each gem with four spaces before
/// it; lines with six are what it depends on.
/// </summary>
internal static class GemLock
{
    public static void Read(DocumentText document, PackageList found)
    {
        var inSpecs = false;
        foreach (var line in document.Lines)
        {
            if (line.Length == 0 || line[0] != ' ') inSpecs = false;
            else if (line == "  specs:") inSpecs = true;
            else if (inSpecs && line.StartsWith("    ", StringComparison.Ordinal) && line.Length > 4 && line[4] != ' ') Add(line.AsSpan(4), found);
        }
    }

    private static void Add(ReadOnlySpan<char> spec, PackageList found)
    {
        var open = spec.IndexOf(" (");
        var close = spec.LastIndexOf(')');
        if (open < 1 || close < open) return;
        var version = spec[(open + 2)..close];
        // A version has no dash; what follows one is the platform.
        var dash = version.IndexOf('-');
        var platform = dash < 0 ? null : version[(dash + 1)..].ToString();
        found.Add("gem", spec[..open].ToString(), (dash < 0 ? version : version[..dash]).ToString(), qualifiers: GemPlatform.Qualifiers(platform));
    }
}
