namespace Strata.Vulnerabilities.Feeds;

/// <summary>Tells what a local path holds.</summary>
internal static class FeedForm
{
    public const string AcceptedFiles = "a *.json, *.jsonl, *.csv (also .gz) or *.zip";

    /// <summary>The feed at a path; <paramref name="name"/> and <paramref name="location"/> are for people.</summary>
    /// <exception cref="FileNotFoundException">There is nothing that can be read; the message says what would be.</exception>
    public static Feed Open(string path, string name, string location)
    {
        if (Directory.Exists(path)) return Folder(path, name, location);
        if (!File.Exists(path)) throw new FileNotFoundException($"there is no file or folder '{path}'");
        if (FeedFile.IsZip(path)) return new ZipFeed(path) { Name = name, Location = location };
        if (FeedFile.IsFeed(path)) return new FilesFeed([path], folder: null) { Name = name, Location = location };
        throw new FileNotFoundException($"'{name}' is not a form that is known; expected a folder, or {AcceptedFiles}");
    }

    private static FilesFeed Folder(string path, string name, string location)
    {
        var every = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        var files = Directory.EnumerateFiles(path, "*", every).Where(FeedFile.IsFeed).Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0) throw new FileNotFoundException($"the folder '{path}' has no *.json or *.jsonl (also .gz)");
        return new FilesFeed(files, path) { Name = name, Location = location };
    }
}
