namespace Strata.Packages.Catalogers.Go;

/// <summary>go.mod: what a module requires, with what takes the place of it. go.dev/ref/mod, "go.mod files".</summary>
internal static class GoModFile
{
    public static void Read(DocumentText document, PackageList found)
    {
        var required = new List<GoModule>();
        var replaced = new Dictionary<(string Path, string? Version), GoModule>();
        foreach (var words in Directives(document))
        {
            switch (words)
            {
                case ["require", var path, var version]:
                    required.Add(new GoModule(path, version));
                    break;
                case ["replace", var path, "=>", .. var by]:
                    replaced[(path, null)] = Replacement(by);
                    break;
                case ["replace", var path, var version, "=>", .. var by]:
                    replaced[(path, version)] = Replacement(by);
                    break;
            }
        }

        foreach (var module in required)
        {
            var by = replaced.GetValueOrDefault((module.Path, module.Version)) ?? replaced.GetValueOrDefault((module.Path, null));
            var built = (module with { Replacement = by }).Built;
            found.Add("golang", built.Path, built.Version);
        }
    }

    /// <summary>A replacement that is a folder has no version.</summary>
    private static GoModule Replacement(string[] words) => new(words.ElementAtOrDefault(0) ?? "", words.ElementAtOrDefault(1) ?? "");

    /// <summary>Each directive in the words of its line, those of a block with the block's word before them.</summary>
    private static IEnumerable<string[]> Directives(DocumentText document)
    {
        string? block = null;
        foreach (var line in document.Lines)
        {
            var comment = line.IndexOf("//", StringComparison.Ordinal);
            string[] words = [.. (comment < 0 ? line : line[..comment]).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim('"', '`'))];
            if (words is [var opened, "("]) block = opened;
            else if (words is [")"]) block = null;
            else if (words.Length > 0) yield return block is null ? words : [block, .. words];
        }
    }
}
