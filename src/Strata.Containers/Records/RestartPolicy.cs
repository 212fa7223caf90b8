namespace Strata.Containers;

/// <param name="Name">no, always, unless-stopped, on-failure.</param>
/// <param name="MaximumRetries">Of on-failure; 0 for no limit.</param>
public sealed record RestartPolicy(string Name = "no", int MaximumRetries = 0);
