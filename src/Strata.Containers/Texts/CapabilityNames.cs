using Strata.Containers.Runtime;

namespace Strata.Containers;

/// <summary>Capabilities as people write them.</summary>
public static class CapabilityNames
{
    /// <returns>The kernel's name, or ALL.</returns>
    /// <exception cref="FormatException">There is none such.</exception>
    public static string Parse(string text) => Capabilities.Parse(text);
}
