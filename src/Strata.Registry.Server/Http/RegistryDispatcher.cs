using System.Data.Common;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Strata.Registry.Server;

/// <summary>From a request to its end-point, with one place for access and one for faults.</summary>
internal sealed class RegistryDispatcher(
    Gate gate,
    ManifestEndpoints manifests,
    BlobEndpoints blobs,
    UploadEndpoints uploads,
    ListEndpoints lists,
    ReferrerEndpoints referrers,
    PullLimiter pulls,
    Drain drain,
    Mirrors mirrors,
    RegistryDatabase database,
    ILogger<RegistryDispatcher> logger)
{
    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        RegistryFault? fault;
        try
        {
            fault = await AnswerAsync(context).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            fault = new RegistryFault(e.StatusCode, "BLOB_UPLOAD_INVALID", "the request's body could not be read to its end");
        }
        catch (UpstreamException e)
        {
            fault = RegistryFault.Upstream(e);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested || IsCut(e))
        {
            return; // nobody is there to be told
        }
#pragma warning disable CA1031 // The client gets the spec's error document, whatever broke.
        catch (Exception e)
#pragma warning restore CA1031
        {
            fault = Broken(context, e);
        }
        if (fault is not null) await FaultWriter.WriteAsync(context, fault).ConfigureAwait(false);
    }

    private async ValueTask<RegistryFault?> AnswerAsync(HttpContext context)
    {
        if (!RegistryPath.TryParse(context.Request.Path.Value, out var path)) return RegistryFault.NotFound();
        if (!path.NameIsValid) return RegistryFault.NameInvalid(path.Repository);
        var method = context.Request.Method;
        var reads = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        if (Access(path.Resource, method, reads) is not { } action)
        {
            context.Response.Headers.Allow = Allowed(path.Resource);
            return RegistryFault.NotAllowed();
        }
        var asked = path.Repository;
        if (reads) path = path with { Repository = mirrors.Meant(asked, context.Request) };
        var repository = action is RegistryAction.Enter or RegistryAction.List ? null : path.Repository;
        DateTimeOffset? started = path.Resource == RegistryResource.Upload ? UploadId.StartOf(path.Last) : null;
        if (await gate.CheckAsync(context, action, repository, asked, started).ConfigureAwait(false) is { } refused) return refused;
        if (action == RegistryAction.Push && mirrors.Find(path.Repository) is { } mirrored) return RegistryFault.IsMirror(path.Repository, mirrored);
        if (pulls.IsOn && reads && path.Resource == RegistryResource.Manifest && pulls.Check(context) is { } tooMany) return tooMany;
        if (reads) return await AnswerAsync(context, path, method, reads).ConfigureAwait(false);

        if (drain.RefusesUploads && path.Resource == RegistryResource.Uploads)
        {
            context.Response.Headers.Connection = "close";
            return RegistryFault.Stopping();
        }
        using (drain.Begin()) return await AnswerAsync(context, path, method, reads).ConfigureAwait(false);
    }

    private async ValueTask<RegistryFault?> AnswerAsync(HttpContext context, RegistryPath path, string method, bool reads) =>
        path.Resource switch
        {
            RegistryResource.Ping => await PingAsync(context).ConfigureAwait(false),
            RegistryResource.Catalog => await lists.CatalogAsync(context).ConfigureAwait(false),
            RegistryResource.Tags => await lists.TagsAsync(context, path.Repository).ConfigureAwait(false),
            RegistryResource.Referrers => await referrers.ListAsync(context, path.Repository, path.Last).ConfigureAwait(false),
            RegistryResource.Blob when reads => await blobs.GetAsync(context, path.Repository, path.Last).ConfigureAwait(false),
            RegistryResource.Blob => await blobs.DeleteAsync(context, path.Repository, path.Last).ConfigureAwait(false),
            RegistryResource.Manifest when reads => await manifests.GetAsync(context, path.Repository, path.Last).ConfigureAwait(false),
            RegistryResource.Manifest when HttpMethods.IsPut(method) =>
                await manifests.PutAsync(context, path.Repository, path.Last).ConfigureAwait(false),
            RegistryResource.Manifest => await manifests.DeleteAsync(context, path.Repository, path.Last).ConfigureAwait(false),
            RegistryResource.Uploads => await uploads.StartAsync(context, path.Repository).ConfigureAwait(false),
            _ when reads => await uploads.StatusAsync(context, path.Repository, path.Last).ConfigureAwait(false),
            _ when HttpMethods.IsPatch(method) => await uploads.PatchAsync(context, path.Repository, path.Last).ConfigureAwait(false),
            _ when HttpMethods.IsPut(method) => await uploads.FinishAsync(context, path.Repository, path.Last).ConfigureAwait(false),
            _ => await uploads.CancelAsync(context, path.Repository, path.Last).ConfigureAwait(false),
        };

    private async ValueTask<RegistryFault?> PingAsync(HttpContext context)
    {
        gate.Invite(context);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 2;
        if (HttpMethods.IsGet(context.Request.Method)) await context.Response.BodyWriter.WriteAsync("{}"u8.ToArray(), context.RequestAborted).ConfigureAwait(false);
        return null;
    }

    /// <summary>What a method needs; null where the end-point does not have it.</summary>
    private static RegistryAction? Access(RegistryResource resource, string method, bool reads) => resource switch
    {
        RegistryResource.Ping => reads ? RegistryAction.Enter : null,
        RegistryResource.Catalog => reads ? RegistryAction.List : null,
        RegistryResource.Tags or RegistryResource.Referrers => reads ? RegistryAction.Pull : null,
        RegistryResource.Blob => reads ? RegistryAction.Pull : HttpMethods.IsDelete(method) ? RegistryAction.Delete : null,
        RegistryResource.Manifest => reads ? RegistryAction.Pull
            : HttpMethods.IsPut(method) ? RegistryAction.Push
            : HttpMethods.IsDelete(method) ? RegistryAction.Delete : null,
        RegistryResource.Uploads => HttpMethods.IsPost(method) ? RegistryAction.Push : null,
        _ => reads || HttpMethods.IsPatch(method) || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method) ? RegistryAction.Push : null,
    };

    private static string Allowed(RegistryResource resource) => resource switch
    {
        RegistryResource.Blob => "GET, HEAD, DELETE",
        RegistryResource.Manifest => "GET, HEAD, PUT, DELETE",
        RegistryResource.Uploads => "POST",
        RegistryResource.Upload => "GET, HEAD, PATCH, PUT, DELETE",
        _ => "GET, HEAD",
    };

    /// <summary>The connection is cut, by the client or by a server that stops; a read may hear of it before the request's token does.</summary>
    private static bool IsCut(Exception e) => e is ConnectionResetException or ConnectionAbortedException
        || e.InnerException is ConnectionResetException or ConnectionAbortedException;

    private RegistryFault Broken(HttpContext context, Exception e)
    {
        var (method, path) = (context.Request.Method, context.Request.Path.Value ?? "");
        if ((e is IOException { HResult: DiskReserve.NoSpace }) || (e is DbException error && database.IsFull(error)))
        {
            logger.StorageFull(e, method, path);
            return RegistryFault.StorageFull();
        }
        // Whoever reports it can name it.
        context.Response.Headers["X-Request-Id"] = context.TraceIdentifier;
        logger.RequestFailed(e, method, path, context.TraceIdentifier);
        return new RegistryFault(StatusCodes.Status500InternalServerError, "UNKNOWN", "the registry failed; its log says why");
    }
}
