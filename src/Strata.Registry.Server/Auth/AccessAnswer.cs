using System.Runtime.InteropServices;

namespace Strata.Registry.Server;

/// <summary>What was decided.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Caller">Whose request it is; null for nobody's, and where the credentials are not good.</param>
/// <param name="RetryAfter">With <see cref="AccessDecision.Throttled"/>, how long the client has to wait.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AccessAnswer(AccessDecision Decision, RegistryCaller? Caller = null, TimeSpan RetryAfter = default)
{
    public static implicit operator AccessAnswer(AccessDecision decision) => new(decision);
}
