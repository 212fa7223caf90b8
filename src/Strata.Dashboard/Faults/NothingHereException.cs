namespace Strata.Dashboard.Faults;

/// <summary>
/// What the address names is not there. Thrown by pages, since a component that sets 404 itself is answered with an empty body.
/// </summary>
internal sealed class NothingHereException(FaultText fault) : Exception(fault.Message)
{
    public FaultText Fault { get; } = fault;
}
