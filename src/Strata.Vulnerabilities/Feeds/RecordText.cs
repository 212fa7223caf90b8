using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Strata.Vulnerabilities.Feeds;

/// <summary>Cuts a stream into the texts of records, holding one at a time.</summary>
internal static class RecordText
{
    /// <summary>Bytes of one record; the largest that are published have some megabytes.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Bytes of a file that is one document; Debian's tracker has some 70 MiB.</summary>
    public const int MaxDocumentBytes = 256 * 1024 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>A record a line, empty lines left out. One that is too long is a fault, and the next is read.</summary>
    public static async IAsyncEnumerable<FeedItem> LinesAsync(
        Stream stream, string file, int maxBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        var (line, skipping, ended) = (1, false, false);
        while (!ended)
        {
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = read.Buffer;
            ended = read.IsCompleted;
            while (TakeLine(ref buffer, ended, out var text))
            {
                var tooLong = skipping || text.Length > maxBytes;
                skipping = false;
                if (tooLong) yield return new FeedItem(file, line, default, $"a record of more than {maxBytes} bytes");
                else if (Contiguous(text) is { Length: > 0 } json) yield return new FeedItem(file, line, json, Fault: null);
                line++;
            }

            // What is longer than any record is not kept while its end is looked for.
            if (buffer.Length > maxBytes + 1)
            {
                skipping = true;
                buffer = buffer.Slice(buffer.End);
            }

            reader.AdvanceTo(buffer.Start, read.Buffer.End);
        }

        await reader.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>The whole file is one record. The expected length spares the growing of the buffer, and is not believed beyond the limit.</summary>
    public static async Task<FeedItem> WholeAsync(Stream stream, long expected, string file, int maxBytes, CancellationToken cancellationToken)
    {
        const int Step = 8 * 1024;
        var buffer = new ArrayBufferWriter<byte>((int)Math.Clamp(expected, 0, maxBytes) + Step);
        while (buffer.WrittenCount <= maxBytes)
        {
            var read = await stream.ReadAsync(buffer.GetMemory(Step), cancellationToken).ConfigureAwait(false);
            if (read == 0) return new FeedItem(file, 0, WithoutMark(buffer.WrittenMemory), Fault: null);
            buffer.Advance(read);
        }

        return new FeedItem(file, 0, default, $"a record of more than {maxBytes} bytes");
    }

    private static bool TakeLine(ref ReadOnlySequence<byte> buffer, bool ended, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        line = buffer;
        if (!ended || buffer.IsEmpty) return false;
        buffer = buffer.Slice(buffer.End);
        return true;
    }

    private static ReadOnlyMemory<byte> Contiguous(ReadOnlySequence<byte> text)
    {
        var memory = WithoutMark(text.IsSingleSegment ? text.First : text.ToArray());
        return memory.Span.ContainsAnyExcept(" \t\r"u8) ? memory : default;
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> text) =>
        text.Span.StartsWith(ByteOrderMark) ? text[ByteOrderMark.Length..] : text;
}
