namespace Strata.Registry.Server;

/// <summary>Options of one feature that a configuration file can set. Each has its default at the property, and its key and range in <see cref="Read"/>.</summary>
public interface ISettings<TSelf>
    where TSelf : ISettings<TSelf>
{
    /// <summary>What the section says; where it is silent, what <paramref name="usual"/> says. The ranges hold for both.</summary>
    static abstract TSelf Read(SettingsSection from, TSelf usual);
}
