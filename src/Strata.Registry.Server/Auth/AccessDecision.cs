namespace Strata.Registry.Server;

public enum AccessDecision
{
    Allowed,

    /// <summary>401: credentials are missing or wrong.</summary>
    Unauthenticated,

    /// <summary>401: the token is not one of ours, or no longer good; a new one may be.</summary>
    InvalidToken,

    /// <summary>401: the token is good, and not for this; one that is asked for with the scope of the challenge may be.</summary>
    InsufficientScope,

    /// <summary>403: the credentials are good and this is not theirs to do.</summary>
    Denied,

    /// <summary>429: too many wrong passwords; see <see cref="AccessAnswer.RetryAfter"/>.</summary>
    Throttled,
}
