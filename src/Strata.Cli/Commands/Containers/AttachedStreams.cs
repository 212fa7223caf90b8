using System.Runtime.InteropServices;
using Strata.Cli.Terminals;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

/// <summary>Our standard streams, terminal and signals as those of a container, until it ends or somebody leaves it.</summary>
/// <param name="wait">Gives the exit code when it has ended.</param>
internal sealed class AttachedStreams(Attachment attachment, bool tty, Func<CancellationToken, Task<int>> wait)
{
    private readonly Action<int> _signal = _ => { };

    public AttachedStreams(Session session, ContainerRecord record, Attachment attachment)
        : this(attachment, record.Spec.Tty, cancellationToken => session.Containers.WaitAsync(record, cancellationToken)) =>
        _signal = signal => session.Containers.Signal(record, signal);

    /// <summary>Signals that are not ours to hand on: what kills at once, what our own terminal needs, and those of the runtime.</summary>
    private static readonly int[] Handed = [1, 2, 3, 10, 12, 14, 15, 18];

    public required byte[] Keys { get; init; }

    public bool HasInput { get; init; }

    public bool ProxiesSignals { get; init; }

    /// <summary>Which of stdin, stdout and stderr; empty for all.</summary>
    public IReadOnlyList<string> Streams { get; init; } = [];

    /// <returns>The container's exit code; 0 when it was left running.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var terminal = tty && HasInput ? RawTerminal.TryEnter() : null;
        using var resizing = tty ? Resizing() : null;
        var handlers = ProxiesSignals && !tty ? Handed.Select(Hand).ToArray() : [];
        try
        {
            var output = Wants("stdout") ? Console.OpenStandardOutput() : Stream.Null;
            var errors = Wants("stderr") ? Console.OpenStandardError() : Stream.Null;
            var copying = attachment.CopyOutputAsync(output, errors, cancellationToken);
            var typing = HasInput && Wants("stdin") ? TypeAsync(cancellationToken) : null;
            if (typing is not null && await Task.WhenAny(copying, typing).ConfigureAwait(false) == typing && await typing.ConfigureAwait(false)) return ExitCode.Done;
            await copying.ConfigureAwait(false);
            return await wait(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var handler in handlers) handler?.Dispose();
        }
    }

    /// <summary>On a thread of its own: a read of a terminal comes back only when something is typed.</summary>
    private Task<bool> TypeAsync(CancellationToken cancellationToken) =>
        Task.Run(() => attachment.CopyInputAsync(RawTerminal.OpenInput(), tty ? Keys : [], cancellationToken), cancellationToken);

    private bool Wants(string stream) => Streams.Count == 0 || Streams.Contains(stream, StringComparer.OrdinalIgnoreCase);

    private PosixSignalRegistration? Resizing()
    {
        void Resize()
        {
            if (RawTerminal.Size() is { } size) attachment.Resize(size.Rows, size.Columns);
        }
        Resize();
        return PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Resize());
    }

    private PosixSignalRegistration? Hand(int signal)
    {
        try
        {
            return PosixSignalRegistration.Create((PosixSignal)signal, context =>
            {
                context.Cancel = true;
                _signal(signal);
            });
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            return null; // not on this system
        }
    }
}
