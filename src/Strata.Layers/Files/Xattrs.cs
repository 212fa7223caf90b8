using System.Globalization;
using System.Text;
using Strata.Layers.Tar;

namespace Strata.Layers.Files;

/// <summary>Extended attributes of what a folder holds, links not followed; values are bytes.</summary>
internal static class Xattrs
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>
    /// A path to a name in an open folder, for the calls that take no descriptor: only the folder's number and one name are in it.
    /// </summary>
    public static byte[] PathOf(int folder, ReadOnlySpan<byte> name) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{folder}/")), .. name.Length == 1 ? ".\0"u8 : name];

    public static IReadOnlyList<KeyValuePair<string, byte[]>> Of(int folder, ReadOnlySpan<byte> name)
    {
        var path = PathOf(folder, name);
        Span<byte> small = stackalloc byte[1024];
        var names = small;
        var length = Native.ListLinkXattrs(path, names, names.Length);
        if (length < 0 && Native.Error == Native.Range)
        {
            names = new byte[MaxBytes];
            length = Native.ListLinkXattrs(path, names, names.Length);
        }
        if (length == 0 || (length < 0 && Native.Error == Native.NotSupported)) return [];
        if (length < 0) throw Native.Failure("cannot list extended attributes");
        var found = new List<KeyValuePair<string, byte[]>>();
        var value = new byte[MaxBytes];
        for (var rest = names[..(int)length]; rest.Length > 0;)
        {
            var end = rest.IndexOf((byte)0) + 1;
            var n = Native.GetLinkXattr(path, rest[..end], value, value.Length);
            if (n >= 0) found.Add(KeyValuePair.Create(PathText.Decode(rest[..(end - 1)]), value[..(int)n]));
            else if (Native.Error != Native.NoData) throw Native.Failure($"cannot read the extended attribute {PathText.Decode(rest[..(end - 1)])}");
            rest = rest[end..];
        }
        return found;
    }
}
