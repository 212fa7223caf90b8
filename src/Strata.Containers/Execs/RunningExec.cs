using Microsoft.Win32.SafeHandles;
using Strata.Containers.Kernel;
using Strata.Containers.Runtime;

namespace Strata.Containers;

/// <summary>A process that was started in a running container, and its monitor's word on how it ends.</summary>
public sealed class RunningExec : IDisposable
{
    private readonly SafeFileHandle _sync;
    private readonly string _folder;

    internal RunningExec(int pid, Attachment attachment, SafeFileHandle sync, string folder) => (Pid, Attachment, _sync, _folder) = (pid, attachment, sync, folder);

    /// <summary>On the host.</summary>
    public int Pid { get; }

    public Attachment Attachment { get; }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await Libc.WhenReadableAsync((int)_sync.DangerousGetHandle(), cancellationToken).ConfigureAwait(false);
        return Conmon.Read(_sync)?.Data ?? ContainerExit.Unknown;
    }

    public void Dispose()
    {
        Attachment.Dispose();
        _sync.Dispose();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
