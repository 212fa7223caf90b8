namespace Strata.Registry.Server.Tests;

/// <summary>A clock that goes when it is told to; timers stay the machine's.</summary>
internal sealed class MovableClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void Move(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;
}
