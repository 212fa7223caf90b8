using Strata.Content;

namespace Strata.Containers.Records;

/// <summary>
/// The containers of a store: a folder each, named by the ID, and a link by each name to it. What is being made or removed has a name with a dot in
/// front and is locked by who does it; where nobody holds the lock, it was killed, and the next verb removes it.
/// </summary>
internal sealed class ContainerFolders(string root)
{
    private const string MakingPrefix = ".making-";
    private const string RemovingPrefix = ".removing-";

    public string Root { get; } = Path.Combine(root, "containers");

    public string Names => Path.Combine(Root, "names");

    public string Corrections => Path.Combine(Root, "corrections");

    public string Events => Path.Combine(Root, "events");

    public ContainerFolder Of(string id) => new(Path.Combine(Root, id), id);

    public void Prepare()
    {
        if (Directory.Exists(Names)) return;
        Directory.CreateDirectory(Root);
        // Root file systems hold set-id programs: nobody else may come near them.
        File.SetUnixFileMode(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        Directory.CreateDirectory(Names);
    }

    /// <summary>The folders of whole containers.</summary>
    public IEnumerable<ContainerFolder> All()
    {
        if (!Directory.Exists(Root)) yield break;
        foreach (var path in Directory.EnumerateDirectories(Root))
        {
            var name = Path.GetFileName(path);
            if (IsId(name)) yield return new ContainerFolder(path, name);
        }
    }

    /// <summary>Folders that somebody makes or removes, or did when he was killed.</summary>
    public IEnumerable<ContainerFolder> Unfinished()
    {
        if (!Directory.Exists(Root)) yield break;
        foreach (var path in Directory.EnumerateDirectories(Root, ".*"))
        {
            var name = Path.GetFileName(path);
            if (IsId(name[(name.LastIndexOf('-') + 1)..])) yield return new ContainerFolder(path, name[(name.LastIndexOf('-') + 1)..]);
        }
    }

    public ContainerFolder Making(string id) => new(Path.Combine(Root, MakingPrefix + id), id);

    public ContainerFolder Removing(string id) => new(Path.Combine(Root, RemovingPrefix + id), id);

    /// <summary>The container that has a name; null when none has.</summary>
    public string? IdOf(string name)
    {
        try
        {
            return new FileInfo(Path.Combine(Names, name)).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Gives a name to a container, if no other has it.</summary>
    /// <returns>Null, or the ID of the one that has it.</returns>
    public string? TryName(string name, string id)
    {
        while (true)
        {
            try
            {
                File.CreateSymbolicLink(Path.Combine(Names, name), id);
                return null;
            }
            catch (IOException) when (IdOf(name) is { } holder)
            {
                if (Directory.Exists(Of(holder).Path) || IsHeld(Making(holder))) return holder;
                // Whoever had it was killed in the midst.
                File.Delete(Path.Combine(Names, name));
            }
        }
    }

    public void Unname(string name, string id)
    {
        if (IdOf(name) == id) File.Delete(Path.Combine(Names, name));
    }

    private static bool IsHeld(ContainerFolder folder)
    {
        if (!Directory.Exists(folder.Path)) return false;
        using var free = FileLock.TryExclusive(folder.Lock);
        return free is null;
    }

    private static bool IsId(string name) => name.Length == 64 && !name.AsSpan().ContainsAnyExcept("0123456789abcdef");
}
