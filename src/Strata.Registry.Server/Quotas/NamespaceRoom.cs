using System.Runtime.InteropServices;

namespace Strata.Registry.Server;

/// <summary>What a namespace keeps, and what it may keep; null for any number of bytes.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NamespaceRoom(string Name, long Used, long? Limit)
{
    /// <summary>For what costs nothing, because the namespace has it already.</summary>
    public static NamespaceRoom Unlimited => default;

    /// <summary>Bytes that still fit in. None where a limit was lowered below what is kept.</summary>
    public long Left => Limit is { } limit ? Math.Max(0, limit - Used) : long.MaxValue;

    public bool Holds(long more) => more <= Left;
}
