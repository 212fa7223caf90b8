using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Strata.Layers.Indexes;

/// <summary>Puts the record numbers of an index in the order of their paths; of equal paths, in the order of the tar.</summary>
internal static class PathSorter
{
    /// <param name="file">An index that is complete but for the sorted numbers.</param>
    /// <param name="pathBytes">The length of all paths together.</param>
    /// <param name="sorted">Gets four bytes for each record.</param>
    public static void Sort(ReadOnlySpan<byte> file, int count, long pathBytes, Span<byte> sorted)
    {
        // The paths are written out once: comparing from the records would read each of them some twenty times.
        var starts = new int[count + 1];
        var paths = new byte[pathBytes];
        var reader = new RecordReader(file, new byte[IndexPaths.BufferLength]);
        for (var i = 0; i < count; i++)
        {
            reader.MoveTo(i);
            reader.Path.CopyTo(paths.AsSpan(starts[i]));
            starts[i + 1] = starts[i] + reader.Path.Length;
        }
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        order.AsSpan().Sort(new ByPath(paths, starts));
        for (var i = 0; i < count; i++) BinaryPrimitives.WriteInt32LittleEndian(sorted[(4 * i)..], order[i]);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly struct ByPath(byte[] paths, int[] starts) : IComparer<int>
    {
        public int Compare(int x, int y)
        {
            var order = PathOrder.Compare(paths.AsSpan(starts[x]..starts[x + 1]), paths.AsSpan(starts[y]..starts[y + 1]));
            return order != 0 ? order : x - y;
        }
    }
}
