using System.Net;

namespace Strata.Registry.Client;

/// <summary>
/// A registry could not be asked, or refused. The message says what failed and why; <see cref="Advice"/> says what to do next, in one line.
/// </summary>
public sealed class RegistryException : Exception
{
    public RegistryException()
    {
    }

    public RegistryException(string message) : base(message)
    {
    }

    public RegistryException(string message, Exception? inner) : base(message, inner)
    {
    }

    public RegistryException(string message, string? advice, Exception? inner = null) : base(message, inner) => Advice = advice;

    public string? Advice { get; init; }

    /// <summary>The registry's answer; null when it gave none.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The connection broke; the same request may well succeed.</summary>
    internal bool IsTransient { get; init; }

    public bool IsNotFound => Status == HttpStatusCode.NotFound;
}
