using Microsoft.AspNetCore.Http;
using Strata.Oci;
using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>What administrators do to a hub that is running, and what owners undo in their repositories.</summary>
internal sealed class MaintenanceEndpoints(IRegistryMaintenance maintenance)
{
    private const int Most = 1000;

    /// <summary><c>POST /api/v1/maintenance/garbage?dry_run=true</c></summary>
    public async Task CollectAsync(HttpContext context)
    {
        var dryRun = context.Request.Query["dry_run"] == "true";
        if (!dryRun) await maintenance.SweepMirrorsAsync(context.RequestAborted).ConfigureAwait(false);
        var collected = await maintenance.CollectAsync(dryRun, context.RequestAborted).ConfigureAwait(false);
        var answer = new GarbageAnswer(dryRun, collected.Manifests, collected.Links, collected.Blobs, collected.Bytes);
        await Respond.JsonAsync(context, answer, HubJson.Default.GarbageAnswer).ConfigureAwait(false);
    }

    /// <summary><c>POST /api/v1/maintenance/check</c></summary>
    public async Task CheckAsync(HttpContext context)
    {
        var result = await maintenance.ScrubAsync(context.RequestAborted).ConfigureAwait(false);
        var answer = new CheckAnswer(result.Blobs, result.Bytes, [.. maintenance.ListDamaged(Most).Select(d => d.ToString())]);
        await Respond.JsonAsync(context, answer, HubJson.Default.CheckAnswer).ConfigureAwait(false);
    }

    /// <summary><c>GET /api/v1/history/NAME?tag=TAG</c></summary>
    public async Task HistoryAsync(HttpContext context)
    {
        var name = NameOf(context);
        var past = maintenance.ListHistory(name, context.Request.Query["tag"].ToString(), Most);
        var answer = new HistoryAnswer(name, [.. past.Select(t => new HistoryEntry(t.Name, t.Digest.ToString(), t.Started, t.Ended, t.IsDeleted))]);
        await Respond.JsonAsync(context, answer, HubJson.Default.HistoryAnswer).ConfigureAwait(false);
    }

    /// <summary><c>POST /api/v1/restore/NAME?tag=TAG&amp;digest=DIGEST</c>: a tag, or without one a manifest.</summary>
    public async Task RestoreAsync(HttpContext context)
    {
        var (name, query) = (NameOf(context), context.Request.Query);
        var (tag, text) = (query["tag"].ToString(), query["digest"].ToString());
        Digest? digest = Digest.TryParse(text, provider: null, out var parsed) ? parsed : null;
        if ((text.Length > 0 && digest is null) || (tag.Length > 0 ? !ReferenceGrammar.IsTag(tag) : digest is null))
        {
            await Respond.ProblemAsync(
                context, StatusCodes.Status400BadRequest, "What to bring back is not valid", "name a tag, a digest, or both").ConfigureAwait(false);
            return;
        }
        var restored = tag.Length > 0
            ? await maintenance.RestoreTagAsync(name, tag, digest, context.RequestAborted).ConfigureAwait(false)
            : await maintenance.RestoreManifestAsync(name, digest!.Value, context.RequestAborted).ConfigureAwait(false) ? digest : null;
        if (restored is not { } found)
        {
            await Respond.ProblemAsync(
                context, StatusCodes.Status404NotFound, "Nothing to bring back",
                "it never was, or it was deleted too long ago; the history says what can be brought back").ConfigureAwait(false);
            return;
        }
        await Respond.JsonAsync(context, new RestoreAnswer(name, tag.Length > 0 ? tag : null, found.ToString()), HubJson.Default.RestoreAnswer).ConfigureAwait(false);
    }

    private static string NameOf(HttpContext context) => (string)context.Request.RouteValues["name"]!;
}
