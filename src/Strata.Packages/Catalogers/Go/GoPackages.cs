using System.Globalization;
using Strata.Packages.Catalogers.Programs;

namespace Strata.Packages.Catalogers.Go;

/// <summary>The modules in a program of Go, and its standard library.</summary>
internal static class GoPackages
{
    /// <summary>The version of a module that was built from a working folder.</summary>
    private const string Development = "(devel)";
    private const int RevisionLength = 12;

    public static void Find(ProgramFile program, PackageList found)
    {
        if (GoBuildInfo.Read(program) is not { } info) return;
        if (StandardLibrary(info.GoVersion) is { } version) found.Add("golang", "stdlib", version);
        var modules = GoModules.Parse(info.Modules);
        foreach (var module in modules.Dependencies) found.Add("golang", module.Built.Path, module.Built.Version);
        if (modules.Main is { } main) found.Add("golang", main.Path, MainVersion(main, modules));
    }

    /// <summary><c>1.21.5</c> of <c>go1.21.5 X:boringcrypto</c>, and <c>1.22-fa4f951026</c> of <c>devel go1.22-fa4f951026 Thu Oct 5</c>.</summary>
    private static string? StandardLibrary(string version) =>
        version.Split(' ').FirstOrDefault(w => w.StartsWith("go", StringComparison.Ordinal) && w.Length > 2 && char.IsAsciiDigit(w[2]))?[2..];

    /// <summary>
    /// What go install knows; else what the build told the linker; else the commit, as go would name it (go.dev/ref/mod, "Pseudo-versions").
    /// </summary>
    private static string MainVersion(GoModule main, GoModules modules)
    {
        var isKnown = main.Version is not ("" or Development);
        if (isKnown && !main.Version.StartsWith("v0.0.0", StringComparison.Ordinal)) return main.Version;
        if (LinkerFlags.Version(main.Path, modules.Setting("-ldflags")) is { } linked) return linked;
        return isKnown ? main.Version : Commit(modules) ?? Development;
    }

    private static string? Commit(GoModules modules)
    {
        if (modules.Setting("vcs.revision") is not { Length: > 0 } revision) return null;
        var isTime = DateTimeOffset.TryParse(modules.Setting("vcs.time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        if (!isTime) return revision;
        return $"v0.0.0-{time.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}-{revision[..Math.Min(RevisionLength, revision.Length)]}";
    }
}
