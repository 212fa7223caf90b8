using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>Who sends a request, known once the authorizer has checked the credentials. Limits are counted for it and the access log names it.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="IsAdministrator">True for one who may see what is everybody's, such as the metrics.</param>
public sealed record RegistryCaller(string Account, bool IsAdministrator)
{
    /// <summary>Null for a request without credentials.</summary>
    public static RegistryCaller? Of(HttpContext context) => context.Features.Get<RegistryCaller>();

    public void SetOn(HttpContext context) => context.Features.Set(this);
}
