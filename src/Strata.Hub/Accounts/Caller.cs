namespace Strata.Hub;

/// <summary>Who a request speaks for.</summary>
/// <param name="Name">The account; empty for nobody.</param>
/// <param name="Credential">
/// Which of the account's credentials was shown. It goes into what is given for it, so that this ends with the credential.
/// </param>
/// <param name="Reach">How far that credential reaches.</param>
internal sealed record Caller(string Name, string Credential, TokenReach Reach)
{
    public static Caller Nobody { get; } = new("", "", TokenReach.Read);

    public bool IsNobody => Name.Length == 0;

    public bool IsPublisher => Name == PublisherSecret.UserName;
}
