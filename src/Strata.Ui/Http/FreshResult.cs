using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Strata.Ui.Http;

/// <summary>Answers a request for which a page was begun already and failed.</summary>
public static class FreshResult
{
    /// <summary>Executes the result with services of its own: those of the request have begun one page already.</summary>
    public static async Task ExecuteAfreshAsync(this IResult result, HttpContext http)
    {
        var former = http.RequestServices;
        await using var scope = former.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await result.ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = former;
        }
    }
}
