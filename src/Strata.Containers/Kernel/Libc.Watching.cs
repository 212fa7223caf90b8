using System.Runtime.InteropServices;

namespace Strata.Containers.Kernel;

/// <summary>inotify(7).</summary>
internal static partial class Libc
{
    /// <summary>A file was written and closed, was moved here, or made.</summary>
    public const uint Arrived = 0x8 | 0x80 | 0x100;

    public const uint Modified = 0x2;

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    public static partial int MakeWatcher(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddWatch(int watcher, string path, uint events);

    /// <summary>Waits until one of them can be read; those that are less than 0 never can. The number of those, 0 when the time is over.</summary>
    public static int WaitForAny(ReadOnlySpan<int> descriptors, int milliseconds)
    {
        Span<PollEntry> entries = stackalloc PollEntry[descriptors.Length];
        for (var i = 0; i < descriptors.Length; i++) entries[i] = new PollEntry { Descriptor = descriptors[i], Wanted = 1 };
        return Poll(entries, (nuint)entries.Length, milliseconds);
    }
}
