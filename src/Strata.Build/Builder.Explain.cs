using Strata.Build.Trees;
using Strata.Layers;

namespace Strata.Build;

public sealed partial class Builder
{
    /// <summary>Says of everything in the context whether a build sees it, and by which pattern.</summary>
    /// <exception cref="BuildException">There is no context.</exception>
    public async Task<IReadOnlyList<ContextFile>> ExplainContextAsync(BuildOptions options, CancellationToken cancellationToken)
    {
        using var session = await OpenAsync(options, progress: null, cancellationToken).ConfigureAwait(false);
        var files = new List<ContextFile>();
        if (session.Context.Tree is FolderTree tree) Explain(tree, "", files);
        return files;
    }

    private static void Explain(FolderTree tree, string folder, List<ContextFile> files)
    {
        foreach (var file in tree.Folder.List(folder))
        {
            var verdict = tree.Judge(file.Path);
            var isKept = tree.Find(file.Path) is not null;
            files.Add(new ContextFile(file.Path, isKept, verdict?.Pattern?.Written, tree.Ignore.Name, verdict?.Pattern?.Line ?? 0));
            if (file.Type == EntryType.Directory && isKept) Explain(tree, file.Path, files);
        }
    }
}

/// <summary>A file or folder of a context.</summary>
/// <param name="Rule">The pattern that decided; null when none matched.</param>
/// <param name="File">The file that the pattern is from.</param>
/// <param name="Line">Its line there, from 1.</param>
public sealed record ContextFile(string Path, bool IsKept, string? Rule, string File, int Line);
