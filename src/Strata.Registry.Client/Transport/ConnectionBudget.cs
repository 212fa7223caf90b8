namespace Strata.Registry.Client.Transport;

/// <summary>How many blobs of one registry may arrive at once. What is free may be used by a blob that is large, on top of its own connection.</summary>
internal sealed class ConnectionBudget(int most)
{
    private int _taken;

    public void Take() => Interlocked.Increment(ref _taken);

    public void Give() => Interlocked.Decrement(ref _taken);

    public bool HasFree => Volatile.Read(ref _taken) < most;

    /// <summary>Takes one more if one is free.</summary>
    public bool TryTake()
    {
        while (true)
        {
            var taken = Volatile.Read(ref _taken);
            if (taken >= most) return false;
            if (Interlocked.CompareExchange(ref _taken, taken + 1, taken) == taken) return true;
        }
    }
}
