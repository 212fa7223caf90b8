using System.Runtime.InteropServices;

namespace Strata.Hub;

/// <summary>What came of a user name and a password.</summary>
/// <param name="Caller">Whose they are; null when they are wrong, or were not looked at.</param>
/// <param name="RetryAfter">How long to wait, when they were not looked at; else zero.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CredentialAnswer(Caller? Caller, TimeSpan RetryAfter = default)
{
    public bool IsThrottled => RetryAfter > TimeSpan.Zero;
}
