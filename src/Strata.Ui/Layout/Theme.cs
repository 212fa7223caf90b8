namespace Strata.Ui.Layout;

/// <summary>Light, dark, or what the system says.</summary>
public sealed record Theme(string Key, string Text)
{
    public const string Cookie = "strata-theme";
    public const string System = "auto";

    public static IReadOnlyList<Theme> All { get; } = [new(System, "Auto"), new("light", "Light"), new("dark", "Dark")];

    /// <summary>The key, or <see cref="System"/> for anything unknown: a cookie may hold any text.</summary>
    public static string KeyOf(string? cookie) => All.Any(t => t.Key == cookie) ? cookie! : System;

    /// <summary>The value of the data-theme attribute; null leaves it out.</summary>
    public static string? Attribute(string key) => key == System ? null : key;
}
