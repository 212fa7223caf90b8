namespace Strata.Vulnerabilities.Ranges;

/// <summary>The intervals of the usual comparison signs.</summary>
internal static class Bounds
{
    private static readonly string[] Signs = [">=", "<=", "==", "!=", "~>", ">", "<", "=", "^", "~"];

    /// <summary>The sign before a version; empty where there is none.</summary>
    public static (string Sign, string Version) Split(string text)
    {
        text = text.Trim();
        var sign = Array.Find(Signs, s => text.StartsWith(s, StringComparison.Ordinal)) ?? "";
        return (sign, text[sign.Length..].Trim());
    }

    /// <summary>Null for a sign that is not one of the plain ones.</summary>
    public static Interval? Plain(string sign, string version) => sign switch
    {
        ">=" => new Interval(version, IsLowIn: true, High: null, IsHighIn: true),
        ">" => new Interval(version, IsLowIn: false, High: null, IsHighIn: true),
        "<" => new Interval(Low: null, IsLowIn: true, version, IsHighIn: false),
        "<=" => new Interval(Low: null, IsLowIn: true, version, IsHighIn: true),
        "=" or "==" => new Interval(version, IsLowIn: true, version, IsHighIn: true),
        _ => null,
    };

    /// <summary>From a version to before another.</summary>
    public static Interval Until(string low, string high) => new(low, IsLowIn: true, high, IsHighIn: false);
}
