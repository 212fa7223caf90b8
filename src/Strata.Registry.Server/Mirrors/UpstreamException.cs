namespace Strata.Registry.Server;

/// <summary>A mirrored registry cannot be asked, or refuses.</summary>
public sealed class UpstreamException : Exception
{
    public UpstreamException()
    {
    }

    public UpstreamException(string message) : base(message)
    {
    }

    public UpstreamException(string message, Exception? inner) : base(message, inner)
    {
    }

    /// <summary>True when it said that too much was asked of it: trying again at once makes it worse.</summary>
    public bool IsRateLimit { get; init; }
}
