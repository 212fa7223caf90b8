using System.Runtime.InteropServices;

namespace Strata.Registry.Server;

/// <summary>What an administrator says of a namespace's quota: a number of bytes, none, or nothing, which leaves it to the configuration.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct QuotaSetting
{
    public const string Expected = Bytes.Expected + ", none for no limit, or default for the configuration's";
    private const long None = -1;

    internal QuotaSetting(long? stored) => Stored = stored;

    /// <summary>As the database has it.</summary>
    internal long? Stored { get; }

    public static bool TryParse(string text, out QuotaSetting setting)
    {
        setting = new QuotaSetting(text == "none" ? None : null);
        if (text is "none" or "default") return true;
        var valid = Bytes.TryParse(text, out var bytes);
        setting = new QuotaSetting(bytes);
        return valid;
    }

    /// <summary>What holds; null for no limit.</summary>
    internal long? Limit(long? configured) => Stored switch
    {
        null => configured,
        None => null,
        var bytes => bytes,
    };
}
