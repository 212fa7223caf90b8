using Microsoft.Win32.SafeHandles;

namespace Strata.Content;

/// <summary>An advisory lock of the whole file between processes (flock); the kernel releases it when the holder ends, however it ends.</summary>
public sealed class FileLock : IDisposable
{
    private readonly SafeFileHandle _file;

    private FileLock(SafeFileHandle file) => _file = file;

    /// <summary>Waits until nobody else holds the lock.</summary>
    public static FileLock Exclusive(string path) => Take(path, Native.LockExclusive)!;

    /// <summary>
    /// Waits until nobody holds the lock alone, also where its file can be read only. Null when there is no such file, and it cannot be made.
    /// </summary>
    internal static FileLock? SharedByReader(string path)
    {
        try
        {
            return Shared(path);
        }
        catch (IOException e) when (e.HResult is Native.ReadOnlyFileSystem or Native.NoAccess or Native.NotPermitted)
        {
            return File.Exists(path) ? Take(path, Native.LockShared, Native.ReadOnly) : null;
        }
    }

    /// <summary>Waits until nobody holds the lock alone.</summary>
    public static FileLock Shared(string path) => Take(path, Native.LockShared)!;

    /// <summary>Null when somebody else holds the lock.</summary>
    public static FileLock? TryExclusive(string path) => Take(path, Native.LockExclusive | Native.LockNonBlocking);

    public void Dispose() => _file.Dispose();

    private static bool IsStillNamed(SafeFileHandle file, string path) =>
        Native.Identity(file, out var mine) && Native.Identity(path, out var named) && mine == named;

    private static FileLock? Take(string path, int operation, int access = Native.ReadWriteCreate)
    {
        // Not File.OpenHandle: that takes a lock of its own on the same file, and fails where this one should wait.
        var descriptor = Native.Open(path, access, Native.OwnerWrites);
        if (descriptor < 0) throw Native.Error($"cannot open {path}");
        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        while (Native.FLock(file, operation) != 0)
        {
            var error = Native.LastError;
            if (error == Native.Interrupted) continue;
            file.Dispose();
            if (error == Native.WouldBlock) return null;
            throw Native.Error($"cannot lock {path}");
        }
        if (IsStillNamed(file, path)) return new FileLock(file);
        // Whoever held it before has removed the file: the lock is on one that nobody else will ever open.
        file.Dispose();
        return Take(path, operation, access);
    }
}
