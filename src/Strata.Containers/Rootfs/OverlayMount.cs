using System.Text;
using Strata.Containers.Kernel;

namespace Strata.Containers.Rootfs;

/// <summary>Mounts layers over each other, with a folder that takes the changes.</summary>
internal static class OverlayMount
{
    /// <summary>What the upper folder holds must say all that has changed: a rename of a folder is a copy, and so is a change of a mode.</summary>
    private static readonly (string Key, string Value)[] Options = [("redirect_dir", "off"), ("metacopy", "off"), ("index", "off")];

    /// <param name="lowers">Folders, the topmost first; at least one.</param>
    /// <param name="upper">Takes the changes; null for a view that is read-only, which needs two lowers.</param>
    /// <param name="work">An empty folder beside <paramref name="upper"/>.</param>
    /// <exception cref="IOException">The kernel refused; the message has its word.</exception>
    public static void Mount(IReadOnlyList<string> lowers, string? upper, string? work, string target)
    {
        // A layer that is there twice, as that of steps which change nothing, is refused (ELOOP). Its upper place is all that counts: there it says the same again.
        lowers = [.. lowers.Distinct(StringComparer.Ordinal)];
        if (TryMount(lowers, upper, work, target)) return;
        MountByOptions(lowers, upper, work, target);
    }

    /// <summary>False where the kernel does not know the way: lowerdir+ came with Linux 6.7.</summary>
    private static bool TryMount(IReadOnlyList<string> lowers, string? upper, string? work, string target)
    {
        var context = Libc.OpenFileSystem("overlay");
        if (context < 0) return Libc.Error == Libc.NoCall ? false : throw Refused(target);
        var mount = -1;
        try
        {
            for (var i = 0; i < lowers.Count; i++)
            {
                if (Libc.Configure(context, Libc.SetString, "lowerdir+", lowers[i]) == 0) continue;
                if (i == 0 && Libc.Error == Libc.InvalidArgument && Directory.Exists(lowers[0])) return false;
                throw Refused(target, context);
            }
            if (upper is not null)
            {
                if (Libc.Configure(context, Libc.SetString, "upperdir", upper) != 0 || Libc.Configure(context, Libc.SetString, "workdir", work) != 0) throw Refused(target, context);
                foreach (var (key, value) in Options)
                    if (Libc.Configure(context, Libc.SetString, key, value) != 0) throw Refused(target, context);
            }
            if (Libc.Configure(context, Libc.CreateFileSystem, null, null) != 0) throw Refused(target, context);
            mount = Libc.MakeMount(context);
            if (mount < 0 || Libc.PlaceMount(mount, target) != 0) throw Refused(target, context);
            return true;
        }
        finally
        {
            if (mount >= 0) _ = Libc.Close(mount);
            _ = Libc.Close(context);
        }
    }

    /// <summary>
    /// By mount(2), whose options have to fit into a page: the folders are named by descriptors, which are short, and need no escapes.
    /// </summary>
    internal static void MountByOptions(IReadOnlyList<string> lowers, string? upper, string? work, string target)
    {
        var open = new List<int>();
        try
        {
            string Short(string path)
            {
                var descriptor = Libc.Open(path, Libc.PathOnly | Libc.CloseOnExec, 0);
                if (descriptor < 0) throw Libc.Failure($"cannot open {path}");
                open.Add(descriptor);
                return $"/proc/self/fd/{descriptor}";
            }
            var options = new StringBuilder("lowerdir=").AppendJoin(':', lowers.Select(Short));
            if (upper is not null)
            {
                options.Append(",upperdir=").Append(Short(upper)).Append(",workdir=").Append(Short(work!));
                foreach (var (key, value) in Options) options.Append(',').Append(key).Append('=').Append(value);
            }
            if (options.Length >= Environment.SystemPageSize) throw new IOException($"this kernel cannot mount {lowers.Count} layers: their names do not fit into a page");
            if (Libc.Mount("overlay", target, "overlay", 0, options.ToString()) != 0) throw Refused(target);
        }
        finally
        {
            foreach (var descriptor in open) _ = Libc.Close(descriptor);
        }
    }

    private static IOException Refused(string target, int context = -1)
    {
        var failure = Libc.Failure($"cannot mount the layers at {target}");
        var buffer = new byte[1024];
        var n = context < 0 ? 0 : (int)Libc.Read(context, buffer, buffer.Length);
        return n <= 0 ? failure : new IOException($"{failure.Message} ({Encoding.UTF8.GetString(buffer, 0, n).Trim()})", failure.HResult);
    }
}
