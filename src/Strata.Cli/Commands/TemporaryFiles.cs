namespace Strata.Cli.Commands;

/// <summary>Files beside another one, which are gone when the work is done.</summary>
internal sealed class TemporaryFiles(string beside) : IDisposable
{
    private readonly List<string> _files = [];

    public string Next()
    {
        _files.Add($"{beside}.{Guid.NewGuid():N}.work");
        return _files[^1];
    }

    public void Dispose()
    {
        foreach (var file in _files) File.Delete(file);
    }
}
