using System.Runtime.InteropServices;

namespace Strata.Registry.Server;

/// <summary>What was decided, and with <see cref="AccessDecision.Throttled"/> how long the client has to wait.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AccessAnswer(AccessDecision Decision, TimeSpan RetryAfter = default)
{
    public static implicit operator AccessAnswer(AccessDecision decision) => new(decision);
}
