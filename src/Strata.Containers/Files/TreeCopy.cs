using System.IO.Pipes;

namespace Strata.Containers.Files;

/// <summary>One side writes a tar while the other reads it; nothing lies between but a pipe of the kernel.</summary>
internal static class TreeCopy
{
    public static async Task RunAsync(Action<Stream> write, Func<Stream, Task> read)
    {
        using var input = new AnonymousPipeServerStream(PipeDirection.Out);
        using var output = new AnonymousPipeClientStream(PipeDirection.In, input.ClientSafePipeHandle);
        var writing = Task.Run(() =>
        {
            using (input) write(input);
        });
        try
        {
            await read(output).ConfigureAwait(false);
        }
        catch
        {
            // Who reads has the reason; who writes finds a pipe without a reader.
            output.Dispose();
            await writing.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
            throw;
        }
        await writing.ConfigureAwait(false);
    }
}
