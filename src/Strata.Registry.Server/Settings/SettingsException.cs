namespace Strata.Registry.Server;

/// <summary>A configuration that cannot be used, with all that is wrong with it.</summary>
public sealed class SettingsException(string file, IReadOnlyList<string> faults)
    : Exception($"{file} cannot be used: {(faults.Count == 1 ? "1 fault" : $"{faults.Count} faults")}")
{
    /// <summary>One line each, beginning with the path of the key.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
