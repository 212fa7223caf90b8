using System.Buffers;
using Strata.Packages.Facts;

namespace Strata.Packages.Catalogers.Chisel;

/// <summary>Unpacks a manifest, which is lines in zstd, and hands it on. Chisel, "Chisel manifest".</summary>
internal sealed class ChiselReader(string path) : ContentReader(path, MostBytes)
{
    private const long MostBytes = 64L * 1024 * 1024;

    protected override bool Accepts(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]);

    protected override PackageDocument? Read(FileContent content)
    {
        using var lines = new ChiselLines(Path);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            using var text = new ZstdSharp.DecompressionStream(content.OpenRead());
            for (int n; !lines.IsStopped && (n = text.Read(buffer)) > 0;) lines.Add(buffer.AsSpan(0, n));
        }
        catch (Exception e) when (e is ZstdSharp.ZstdException or EndOfStreamException)
        {
            Fault($"no whole zstd: {e.Message}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        var document = lines.Finish();
        foreach (var fault in lines.Faults) Fault(fault.Reason);
        return document;
    }
}
