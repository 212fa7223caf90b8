namespace Strata.Testing;

/// <summary>The real time, and as much later as a test says.</summary>
public sealed class Clock : TimeProvider
{
    private long _ahead;

    public void Pass(TimeSpan span) => Interlocked.Add(ref _ahead, span.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));
}
