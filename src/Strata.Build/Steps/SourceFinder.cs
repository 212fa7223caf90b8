using Strata.Build.Dockerfiles;
using Strata.Build.Trees;

namespace Strata.Build.Steps;

/// <summary>From the words of a COPY to what they mean in a tree: wildcards, links, folders with what is in them.</summary>
internal sealed class SourceFinder(FileTree tree, IReadOnlyList<string> excludes, bool withParents)
{
    private readonly IgnoreMatcher _excludes = new([.. excludes.Select(e => IgnorePattern.Parse(e)).OfType<IgnorePattern>()]);

    /// <returns>Nothing for wildcards that match nothing.</returns>
    /// <exception cref="BuildException">There is no such file.</exception>
    public IReadOnlyList<CopySource> Find(string word)
    {
        var (source, pattern) = withParents ? Pivot(word) : (SlashPath.Rooted(word), null);
        var roots = Matches(source).Select(path => Source(path, pattern)).OfType<CopySource>().ToArray();
        if (pattern is not null && !GoGlob.HasWildcards(source) && !GoGlob.HasWildcards(pattern) && roots.All(r => r.Items.Count == 0)) throw NotFound(SlashPath.Join(source, pattern));
        return roots;
    }

    /// <summary>Of <c>a/./b</c>, folders are kept from <c>b</c> on.</summary>
    private static (string Source, string Pattern) Pivot(string word)
    {
        var at = word.IndexOf("/./", StringComparison.Ordinal);
        return at < 0 ? ("", SlashPath.Rooted(word)) : (SlashPath.Rooted(word[..at]), SlashPath.Rooted(word[(at + 3)..]));
    }

    private IEnumerable<string> Matches(string path)
    {
        var parts = path.Split('/');
        var first = Array.FindIndex(parts, GoGlob.HasWildcards);
        if (first < 0) return [GoGlob.Unescaped(path)];
        var folder = tree.Resolve(GoGlob.Unescaped(string.Join('/', parts[..first])));
        return folder is not { IsFolder: true } ? [] : Walk(folder, parts[first..]);
    }

    /// <summary>A wildcard stays within a name, so that each part of a pattern is held against one folder's names.</summary>
    private IEnumerable<string> Walk(FileNode folder, ArraySegment<string> parts)
    {
        foreach (var child in tree.Children(folder))
        {
            if (!GoGlob.IsMatch(parts[0], child.Name)) continue;
            if (parts.Count == 1) yield return child.Path;
            else if (child.IsFolder)
                foreach (var match in Walk(child, parts[1..])) yield return match;
        }
    }

    private CopySource? Source(string path, string? pattern)
    {
        var root = tree.Resolve(path) ?? throw NotFound(path);
        if (pattern is null && !root.IsFolder && (_excludes.Drops(path) || _excludes.Drops(SlashPath.Name(path)))) return null;
        var items = new List<CopyItem>();
        if (pattern is null)
        {
            items.Add(new CopyItem("", root));
            if (root.IsFolder) AddBelow(root, "", null, items);
        }
        else if (root.IsFolder)
        {
            var include = pattern.Length == 0 ? IgnoreMatcher.None : new IgnoreMatcher([IgnorePattern.Parse(pattern)!]);
            AddIncluded(root, "", include, null, null, [], items);
        }
        return new CopySource(tree, SlashPath.Name(path), root, items);
    }

    private void AddBelow(FileNode folder, string path, IgnoreMatcher.Verdict? above, List<CopyItem> items)
    {
        foreach (var child in tree.Children(folder))
        {
            var relative = SlashPath.Join(path, child.Name);
            var verdict = _excludes.Patterns.Count == 0 ? null : _excludes.Judge(relative, above);
            if (verdict is { IsDropped: true } && !(child.IsFolder && _excludes.MayTakeBackBelow(relative))) continue;
            var before = items.Count;
            items.Add(new CopyItem(relative, child));
            if (!child.IsFolder) continue;
            AddBelow(child, relative, verdict, items);
            // A folder that is left out is there for what comes back in it, and for nothing else.
            if (verdict is { IsDropped: true } && items.Count == before + 1) items.RemoveAt(before);
        }
    }

    /// <summary>With <c>--parents</c>: what matches, and before it the folders that it is in.</summary>
    private void AddIncluded(
        FileNode folder, string path, IgnoreMatcher include, IgnoreMatcher.Verdict? above, IgnoreMatcher.Verdict? aboveExcluded, List<CopyItem> parents, List<CopyItem> items)
    {
        foreach (var child in tree.Children(folder))
        {
            var relative = SlashPath.Join(path, child.Name);
            var verdict = include.Patterns.Count == 0 ? null : include.Judge(relative, above);
            var excluded = _excludes.Patterns.Count == 0 ? null : _excludes.Judge(relative, aboveExcluded);
            if (excluded is { IsDropped: true } && !(child.IsFolder && _excludes.MayTakeBackBelow(relative))) continue;
            var item = new CopyItem(relative, child);
            var isIncluded = (verdict is null || verdict.IsDropped) && excluded is not { IsDropped: true };
            if (isIncluded)
            {
                items.AddRange(parents);
                parents.Clear();
                items.Add(item);
            }
            if (!child.IsFolder) continue;
            if (!isIncluded) parents.Add(item);
            AddIncluded(child, relative, include, verdict, excluded, parents, items);
            if (!isIncluded && parents.Count > 0 && ReferenceEquals(parents[^1], item)) parents.RemoveAt(parents.Count - 1);
        }
    }

    private BuildException NotFound(string path)
    {
        var isIgnored = tree is FolderTree folder && folder.Judge(path) is { IsDropped: true } && folder.Folder.Find(path) is not null;
        var siblings = tree.Resolve(SlashPath.Parent(path)) is { IsFolder: true } parent ? tree.Children(parent).Select(c => c.Name).ToArray() : [];
        var advice = isIgnored ? $"{((FolderTree)tree).Ignore.Name} leaves it out; strata build --explain-context says which line"
            : Suggestion.Nearest(SlashPath.Name(path), siblings) is { } near ? $"did you mean {SlashPath.Join(SlashPath.Parent(path), near)}?"
            : siblings.Length > 0 ? $"in /{SlashPath.Parent(path)} are: {string.Join(", ", siblings.Take(6))}{(siblings.Length > 6 ? ", ..." : "")}"
            : "what lies outside of the context cannot be copied";
        return new BuildException($"\"/{path}\": not found", advice);
    }
}
