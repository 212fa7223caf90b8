using System.Globalization;
using System.Text;
using Strata.Build.Trees;

namespace Strata.Build.Steps;

/// <summary>Names of users and groups to numbers, by the image's own <c>/etc/passwd</c> and <c>/etc/group</c>.</summary>
internal sealed class OwnerLookup(FileTree image)
{
    private const int MaxFile = 16 * 1024 * 1024;

    /// <param name="text"><c>user</c>, <c>user:group</c>; names or numbers.</param>
    /// <exception cref="BuildException">The image has no such user or group.</exception>
    public async Task<Owner> FindAsync(string text, CancellationToken cancellationToken)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (user, group) = colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
        long uid = 0, gid = 0;
        if (user.Length > 0)
        {
            if (TryNumber(user) is { } number)
            {
                (uid, gid) = (number, number);
            }
            else
            {
                var fields = await LineAsync("etc/passwd", user, 4, cancellationToken).ConfigureAwait(false) ?? throw Unknown("user", user, "etc/passwd");
                (uid, gid) = (TryNumber(fields[2]) ?? 0, TryNumber(fields[3]) ?? 0);
            }
        }
        if (group.Length > 0)
        {
            gid = TryNumber(group) ?? TryNumber(
                (await LineAsync("etc/group", group, 3, cancellationToken).ConfigureAwait(false) ?? throw Unknown("group", group, "etc/group"))[2]) ?? 0;
        }
        return new Owner(uid, gid);
    }

    private static long? TryNumber(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= int.MaxValue ? number : null;

    private async Task<string[]?> LineAsync(string path, string name, int fields, CancellationToken cancellationToken)
    {
        if (image.Resolve(path) is not { Type: Layers.EntryType.File, Size: <= MaxFile } file) return null;
        await image.PrepareAsync([file], cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(image.Open(file), Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            var parts = line.Split(':');
            if (parts.Length >= fields && parts[0] == name) return parts;
        }
        return null;
    }

    private static BuildException Unknown(string what, string name, string file) =>
        new($"unable to find {what} {name}: no matching entries in /{file} of the image", "make it in a RUN before, or give its number");
}
