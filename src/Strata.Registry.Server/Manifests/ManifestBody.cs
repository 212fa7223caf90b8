using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Reads a pushed manifest whole, up to the limit.</summary>
internal static class ManifestBody
{
    /// <summary>Null when there is more than <see cref="Manifest.MaxBytes"/>.</summary>
    public static async ValueTask<byte[]?> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength > Manifest.MaxBytes) return null;
        // The limit is ours, with our answer; the server's would break the connection.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        var body = context.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = read.Buffer;
            if (buffer.Length > Manifest.MaxBytes)
            {
                body.AdvanceTo(buffer.End);
                return null;
            }
            if (read.IsCompleted)
            {
                var content = buffer.ToArray();
                body.AdvanceTo(buffer.End);
                return content;
            }
            body.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
