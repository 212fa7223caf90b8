namespace Strata.Vulnerabilities.Advisories;

/// <summary>
/// The files of one update, beside the database so that a rename swaps it whole. Held by one update at a time, over all processes;
/// when it is left, only the database (and the empty lock file) is there.
/// </summary>
internal sealed class UpdateWorkplace : IDisposable
{
    private readonly string _database;
    private readonly FileStream _lock;
    private int _files;

    private UpdateWorkplace(string database, FileStream held)
    {
        _database = database;
        _lock = held;
        // What a killed update left. The lock says that nobody uses it.
        RemoveTemporaryFiles();
        Draft = TemporaryFile(".db");
    }

    /// <summary>The database that is being made.</summary>
    public string Draft { get; }

    /// <exception cref="AdvisoryUpdateException">Another update is under way.</exception>
    public static UpdateWorkplace Enter(string database)
    {
        FileStream held;
        try
        {
            held = new FileStream(database + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(database + ".lock"))
        {
            throw new AdvisoryUpdateException($"another update of '{database}' is under way; try again when it is done", e);
        }

        return new UpdateWorkplace(database, held);
    }

    public string TemporaryFile(string extension) => $"{_database}.{_files++}.tmp{extension}";

    /// <summary>What the names of files that did not arrive whole begin with; the next update goes on with them.</summary>
    public string Unfinished => _database + ".";

    /// <summary>By which a server knows again what was taken from there; null when nothing was, or it said none.</summary>
    public string? MarkOf(string location)
    {
        try
        {
            using var database = AdvisoryDatabase.Open(_database);
            return database?.MarkOf(location);
        }
        catch (AdvisoryDatabaseException)
        {
            return null;
        }
    }

    /// <summary>Begins with what is there. A file that cannot be used is not begun with: all of it can be had again.</summary>
    public void CopyOld()
    {
        File.Delete(Draft);
        if (IsUsable()) File.Copy(_database, Draft);
    }

    /// <summary>When this returns, the draft is on disk as the database.</summary>
    public void Publish()
    {
        using (var draft = new FileStream(Draft, FileMode.Open, FileAccess.ReadWrite)) draft.Flush(flushToDisk: true);
        File.Move(Draft, _database, overwrite: true);
    }

    public void Dispose()
    {
        RemoveTemporaryFiles();
        _lock.Dispose();
    }

    private bool IsUsable()
    {
        try
        {
            using var database = AdvisoryDatabase.Open(_database);
            return database is not null && database.Status().Exists;
        }
        catch (AdvisoryDatabaseException)
        {
            return false;
        }
    }

    private void RemoveTemporaryFiles()
    {
        var (folder, name) = (Path.GetDirectoryName(_database)!, Path.GetFileName(_database));
        foreach (var file in Directory.EnumerateFiles(folder).Where(f => IsTemporary(Path.GetFileName(f), name)).ToArray()) File.Delete(file);
    }

    private static bool IsTemporary(string file, string database) =>
        file.StartsWith(database + ".", StringComparison.Ordinal) && file.Contains(".tmp", StringComparison.Ordinal);
}
