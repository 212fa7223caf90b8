using Strata.Images;
using Strata.Ui.Format;

namespace Strata.Dashboard.Tasks;

/// <summary>One layer on its way, in ready words.</summary>
public sealed record TaskPart(string Name, int Percent, string Text)
{
    public static TaskPart Of(BlobProgress blob)
    {
        var size = blob.Descriptor.Size;
        return blob.State switch
        {
            BlobState.Waiting => new(blob.Descriptor.Digest.Short, 0, $"waiting, {Bytes.Text(size)}"),
            BlobState.Reused => new(blob.Descriptor.Digest.Short, 100, $"already here, {Bytes.Text(size)}"),
            BlobState.Done => new(blob.Descriptor.Digest.Short, 100, $"done, {Bytes.Text(size)}"),
            _ => new(blob.Descriptor.Digest.Short, size == 0 ? 0 : (int)Math.Clamp(blob.DoneBytes * 100 / size, 0, 100), $"{Bytes.Text(blob.DoneBytes)} of {Bytes.Text(size)}"),
        };
    }
}
