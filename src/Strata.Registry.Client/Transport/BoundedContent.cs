namespace Strata.Registry.Client;

/// <summary>Reads an answer that fits in memory, and refuses one that does not.</summary>
internal static class BoundedContent
{
    public static async Task<byte[]> ReadAsync(HttpContent content, int maxBytes, string what, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maxBytes) throw TooLarge(what, maxBytes);
        using var body = new MemoryStream();
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[16 * 1024];
            int n;
            while ((n = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (body.Length + n > maxBytes) throw TooLarge(what, maxBytes);
                body.Write(buffer, 0, n);
            }
        }
        return body.ToArray();
    }

    private static RegistryException TooLarge(string what, int maxBytes) =>
        new($"{what} is larger than the {maxBytes} bytes allowed", "it is no image that can be used; ask who published it");
}
