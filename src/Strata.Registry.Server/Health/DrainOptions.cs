namespace Strata.Registry.Server;

/// <summary>How the server stops when it is told to.</summary>
public sealed record DrainOptions : ISettings<DrainOptions>
{
    /// <summary>
    /// How long everything is still served after /readyz has turned, so that a load balancer can see it and send its requests elsewhere.
    /// </summary>
    public TimeSpan Delay { get; init; } = TimeSpan.Zero;

    /// <summary>How long requests that run may take to finish, after the delay.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public static DrainOptions Read(SettingsSection from, DrainOptions usual) => new()
    {
        Delay = from.Duration("delay", usual.Delay, TimeSpan.Zero, TimeSpan.FromMinutes(10)),
        Timeout = from.Duration("timeout", usual.Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
    };
}
