namespace Strata.Containers.Records;

/// <summary>Bytes of the files in a folder.</summary>
internal static class FolderSize
{
    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    public static long Of(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", All).Sum(f => f.Length) : 0;
        }
        catch (IOException)
        {
            return 0; // it is being removed
        }
    }
}
