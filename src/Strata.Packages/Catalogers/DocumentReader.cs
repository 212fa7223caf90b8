using Strata.Packages.Facts;

namespace Strata.Packages.Catalogers;

/// <summary>
/// Reads one document piece by piece. It never throws because of what the document says: what it cannot read becomes a fault,
/// what it could read is kept. It holds no more than its own limits allow.
/// </summary>
internal abstract class DocumentReader(string path) : IDisposable
{
    /// <summary>More faults of one document than these tell nothing new.</summary>
    internal const int MaxFaults = 10;

    private readonly List<CatalogFault> _faults = [];

    protected string Path { get; } = path;

    public IReadOnlyList<CatalogFault> Faults => _faults;

    /// <summary>False when it has seen enough: what follows need not be read.</summary>
    public virtual bool WantsMore => true;

    public abstract void Add(ReadOnlySpan<byte> bytes);

    /// <summary>The file is complete. Null when it turned out to be no document.</summary>
    public abstract PackageDocument? Finish();

    public virtual void Dispose()
    {
    }

    protected void Fault(string reason)
    {
        if (_faults.Count < MaxFaults) _faults.Add(new CatalogFault { Path = Path, Reason = reason });
        else if (_faults.Count == MaxFaults) _faults.Add(new CatalogFault { Path = Path, Reason = "and more" });
    }
}
