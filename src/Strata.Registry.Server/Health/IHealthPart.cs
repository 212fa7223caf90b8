namespace Strata.Registry.Server;

/// <summary>Something that must work before the server may be given requests. Every one that is registered is asked.</summary>
public interface IHealthPart
{
    string Name { get; }

    /// <summary>Null when it works, else why it does not; an exception says the same.</summary>
    ValueTask<string?> FaultAsync(CancellationToken cancellationToken);
}
