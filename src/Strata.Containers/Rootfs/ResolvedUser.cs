using System.Globalization;

namespace Strata.Containers.Rootfs;

/// <summary>Who a process runs as, by the image's own /etc/passwd and /etc/group.</summary>
/// <param name="Groups">Besides <paramref name="Gid"/>.</param>
internal sealed record ResolvedUser(uint Uid, uint Gid, IReadOnlyList<uint> Groups, string Home)
{
    /// <param name="user">user, user:group, by name or number; empty is root.</param>
    /// <param name="more">Groups by name or number.</param>
    /// <exception cref="ContainerException">A name is not in the image.</exception>
    public static ResolvedUser Of(string root, string user, IReadOnlyList<string> more)
    {
        // A number is read first: most images have nobody else than root, and need no file for that.
        var (name, groupName) = user.Split(':', 2) is [var u, var g] ? (u, g) : (user, "");
        var users = new Lazy<string[][]>(() => Entries(root, "etc/passwd", 6));
        var groups = new Lazy<string[][]>(() => Entries(root, "etc/group", 3));
        if (name.Length == 0) name = "0";
        var entry = uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var uid)
            ? Array.Find(users.Value, e => e[2] == uid.ToString(CultureInfo.InvariantCulture))
            : Array.Find(users.Value, e => e[0] == name) ?? throw Unknown("user", name, "passwd");
        if (entry is not null) uid = Number(entry[2]);
        var gid = entry is null ? 0 : Number(entry[3]);
        var joined = new List<uint>();
        if (groupName.Length > 0) gid = Group(groups.Value, groupName);
        // As login does it: whoever is named in a group is in it; not where a group was asked for.
        else if (entry is not null) joined.AddRange(groups.Value.Where(e => e.Length > 3 && e[3].Split(',').Contains(entry[0], StringComparer.Ordinal)).Select(e => Number(e[2])));
        joined.AddRange(more.Select(m => Group(groups.Value, m)));
        return new ResolvedUser(uid, gid, [.. joined.Where(j => j != gid).Distinct().Order()], entry is { Length: > 5 } ? entry[5] : "/");
    }

    private static uint Group(string[][] groups, string name) =>
        uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var gid) ? gid
        : Array.Find(groups, e => e[0] == name) is { } entry ? Number(entry[2]) : throw Unknown("group", name, "group");

    private static string[][] Entries(string root, string path, int least) =>
        [.. (InsideRoot.ReadLines(root, path) ?? []).Select(l => l.TrimEnd('\r').Split(':')).Where(e => e.Length >= least)];

    private static uint Number(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static ContainerException Unknown(string kind, string name, string file) =>
        new($"unable to find {kind} {name}: no matching entries in {file} file", $"name one that the image has in /etc/{file}, or a number");
}
