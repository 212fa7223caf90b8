using System.Text;
using Strata.Content;

namespace Strata.Build.Steps;

/// <summary>Makes lines of what a process writes, passes them on as they come, and keeps the last ones.</summary>
internal sealed class StepLines(Action<string> log, int kept)
{
    private readonly Lock _gate = new();
    private readonly Queue<string> _last = new();
    private readonly List<Lines> _streams = [];

    public IReadOnlyCollection<string> Last => _last;

    public Stream Stream()
    {
        var lines = new Lines(this);
        _streams.Add(lines);
        return lines;
    }

    /// <summary>What has no end of line is a line, too.</summary>
    public void Finish()
    {
        foreach (var stream in _streams) stream.Finish();
    }

    private void Add(string line)
    {
        lock (_gate)
        {
            _last.Enqueue(line);
            if (_last.Count > kept) _last.Dequeue();
        }
        log(line);
    }

    private sealed class Lines(StepLines owner) : WriteOnlyStream
    {
        private const int MaxLine = 64 * 1024;
        private readonly MemoryStream _line = new();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            foreach (var b in buffer)
            {
                if (b == '\n' || _line.Length > MaxLine) Finish();
                if (b != '\n') _line.WriteByte(b);
            }
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Write(buffer.AsSpan(offset, count));
            return Task.CompletedTask;
        }

        public void Finish()
        {
            if (_line.Length == 0) return;
            owner.Add(Encoding.UTF8.GetString(_line.GetBuffer(), 0, (int)_line.Length).TrimEnd('\r'));
            _line.SetLength(0);
        }
    }
}
