namespace Strata.Images.Archives;

/// <summary>The files of an image layout, whether they lie in a folder or in an archive. Paths are relative, with single slashes.</summary>
internal interface ILayoutFiles : IDisposable
{
    /// <summary>What a person calls it: the folder's or the archive's path.</summary>
    string Name { get; }

    /// <summary>Bytes of the file; null when there is none of this path.</summary>
    /// <exception cref="ImageException">It is no plain file, or a link that leads outside.</exception>
    long? SizeOf(string path);

    /// <summary>Opens a file that <see cref="SizeOf"/> knows. May be called from several threads.</summary>
    Stream Open(string path);
}

internal static class LayoutFilesExtensions
{
    /// <summary>A small file whole; null when it is not there.</summary>
    /// <exception cref="ImageException">It is larger than <paramref name="maxBytes"/>, or is cut off.</exception>
    public static async Task<byte[]?> ReadAsync(this ILayoutFiles files, string path, int maxBytes, CancellationToken cancellationToken)
    {
        if (files.SizeOf(path) is not { } size) return null;
        if (size > maxBytes)
            throw new ImageException($"{path} of {files.Name} has {size} bytes; at most {maxBytes} are allowed", "it is no image that can be used; make it again");
        var bytes = new byte[size];
        var stream = files.Open(path);
        await using (stream.ConfigureAwait(false))
        {
            var n = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (n < bytes.Length) throw new ImageException($"{path} of {files.Name} is cut off", "make it again");
        }
        return bytes;
    }
}
