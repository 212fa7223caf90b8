using Strata.Containers.Runtime;

namespace Strata.Containers;

/// <summary>Limits of processes as people write them.</summary>
public static class UlimitText
{
    /// <param name="text">As nofile=1024:2048.</param>
    /// <exception cref="FormatException">There is none such, or its values are wrong.</exception>
    public static Ulimit Parse(string text) => ResourceLimit.Parse(text);
}
