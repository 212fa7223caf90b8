using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Strata.Hub;

/// <summary>A request to the accounts' API, and the account that makes it.</summary>
internal sealed record AccountRequest(HttpContext Context, Account Account)
{
    private const int MostBodyBytes = 64 * 1024;

    public string Route(string name) => Context.Request.RouteValues[name] as string ?? "";

    public bool MayManage(string user) => Account.IsAdministrator || Account.Name == user;

    /// <summary>Null when the body is not what it should be: then the request has been answered.</summary>
    public async ValueTask<T?> BodyAsync<T>(JsonTypeInfo<T> type)
        where T : class
    {
        if (Context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostBodyBytes;
        try
        {
            // A page of another site can send a form with the credentials that a browser keeps; JSON it cannot.
            if (Context.Request.HasJsonContentType()
                && await JsonSerializer.DeserializeAsync(Context.Request.Body, type, Context.RequestAborted).ConfigureAwait(false) is { } body) return body;
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException)
        {
            // Said below.
        }
        await RefuseAsync(StatusCodes.Status400BadRequest, "The body is not valid", "it must be a JSON object (application/json) of at most 64 KiB").ConfigureAwait(false);
        return null;
    }

    public Task AnswerAsync<T>(T answer, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        Context.Response.StatusCode = status;
        Context.Response.Headers.CacheControl = "no-store";
        return Respond.JsonAsync(Context, answer, type);
    }

    public Task RefuseAsync(int status, string title, string detail) => Respond.ProblemAsync(Context, status, title, detail);

    public Task ForbidAsync() => RefuseAsync(StatusCodes.Status403Forbidden, "Not allowed", $"{Account.Name} may not do this; an administrator may");

    /// <summary>204, or why not.</summary>
    public Task AnswerAsync(AccountOutcome outcome, string what)
    {
        if (outcome == AccountOutcome.Done)
        {
            Context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }
        return outcome switch
        {
            AccountOutcome.NameInvalid => RefuseAsync(StatusCodes.Status400BadRequest, "The name is not valid", $"'{what}' is reserved, or has not {AccountName.Rule}"),
            AccountOutcome.PasswordInvalid => RefuseAsync(StatusCodes.Status400BadRequest, "The password is not valid", $"it must have {AccountBook.PasswordRule}"),
            AccountOutcome.NameTaken => RefuseAsync(StatusCodes.Status409Conflict, "The name is taken", $"there is a '{what}' already"),
            AccountOutcome.LastAdministrator => RefuseAsync(
                StatusCodes.Status409Conflict, "The last administrator stays", $"make another user an administrator before you remove '{what}'"),
            _ => RefuseAsync(StatusCodes.Status404NotFound, "Unknown", $"there is no '{what}'"),
        };
    }
}
