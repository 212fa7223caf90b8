using System.Globalization;
using Strata.Containers.Kernel;

namespace Strata.Containers.Files;

/// <summary>
/// Something in a tree that others may change meanwhile, held by a descriptor: what <see cref="Path"/> says stays the same thing, whatever
/// links are put in its way.
/// </summary>
internal sealed class RootedPath : IDisposable
{
    private const int NoFollow = 0x20000;
    private const int NoFollowArm = 0x8000;
    private readonly int _descriptor;

    private RootedPath(int descriptor)
    {
        _descriptor = descriptor;
        Path = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{descriptor}");
    }

    /// <summary>A path that means it, within this process.</summary>
    public string Path { get; }

    public bool IsFolder => Directory.Exists(Path);

    /// <summary>Where a link leads; null for all else.</summary>
    public string? LinkTarget
    {
        get
        {
            var target = new byte[4096];
            var length = (int)Libc.ReadLink(_descriptor, "", target, target.Length);
            return length <= 0 ? null : System.Text.Encoding.UTF8.GetString(target, 0, length);
        }
    }

    /// <summary>Null when there is nothing.</summary>
    /// <param name="path">Links on it count as if <paramref name="root"/> were the root of all.</param>
    /// <param name="follow">Also one at its end.</param>
    /// <exception cref="IOException">It cannot be opened for another reason.</exception>
    public static RootedPath? TryOpen(string root, string path, bool follow = true)
    {
        var folder = Libc.Open(root, Libc.PathOnly | Libc.CloseOnExec, 0);
        if (folder < 0) throw Libc.Failure($"cannot open {root}");
        var isArm = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64;
        var descriptor = Libc.OpenInside(folder, path.TrimStart('/') is { Length: > 0 } below ? below : ".", Libc.PathOnly | (follow ? 0 : isArm ? NoFollowArm : NoFollow));
        var error = Libc.Error;
        _ = Libc.Close(folder);
        if (descriptor >= 0) return new RootedPath(descriptor);
        const int notFolder = 20;
        return error is Libc.NoEntry or notFolder ? null : throw new IOException($"cannot open {path}: {System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    /// <summary>Null when there is no folder.</summary>
    public static RootedPath? TryOpenFolder(string root, string path)
    {
        var found = TryOpen(root, path);
        if (found is null || found.IsFolder) return found;
        found.Dispose();
        return null;
    }

    public void Dispose() => _ = Libc.Close(_descriptor);
}
