using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>What a namespace keeps, for those who may push to it, and what it may keep, which administrators say.</summary>
internal sealed class NamespaceEndpoints(INamespaceQuotas quotas, HubGate gate)
{
    private const int MostRepositories = 1000;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/namespaces/{space}/usage", gate.RequireIn(RegistryAction.Push, AnswerAsync));
        endpoints.MapPut("/api/v1/namespaces/{space}/quota", gate.Require(RegistryAction.Administer, SetAsync));
    }

    /// <summary><c>PUT /api/v1/namespaces/NAME/quota?limit=SIZE|none|default</c></summary>
    private async Task SetAsync(HttpContext context)
    {
        var limit = context.Request.Query["limit"].ToString();
        if (!QuotaSetting.TryParse(limit, out var setting))
        {
            await Respond.ProblemAsync(
                context, StatusCodes.Status400BadRequest, "The limit is not valid", $"'{limit}' must be {QuotaSetting.Expected}").ConfigureAwait(false);
            return;
        }
        if (!RepositoryNamespace.IsOne(HubGate.NamespaceOf(context)))
        {
            await HubGate.RefuseNamespaceAsync(context).ConfigureAwait(false);
            return;
        }
        await quotas.SetAsync(HubGate.NamespaceOf(context), setting, context.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(context).ConfigureAwait(false);
    }

    private Task AnswerAsync(HttpContext context)
    {
        var usage = quotas.UsageOf(HubGate.NamespaceOf(context), MostRepositories);
        var repositories = usage.Repositories.Select(r => new RepositoryBytes(r.Name, r.Bytes)).ToArray();
        return Respond.JsonAsync(context, new UsageAnswer(usage.Name, usage.Used, usage.Limit, repositories), HubJson.Default.UsageAnswer);
    }
}
