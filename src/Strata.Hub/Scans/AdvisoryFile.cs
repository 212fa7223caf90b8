using System.Globalization;

namespace Strata.Hub;

/// <summary>The hub's advisory database: a file that an update puts in the place of the one before.</summary>
internal sealed class AdvisoryFile(HubOptions options)
{
    /// <summary>The mark where there is no file.</summary>
    private const string None = "none";

    public string Path { get; } = System.IO.Path.Combine(options.DataFolder, "advisories", "advisories.db");

    /// <summary>Another one whenever the file is another one; costs a look into the folder.</summary>
    public string Mark()
    {
        var file = new FileInfo(Path);
        return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}") : None;
    }
}
