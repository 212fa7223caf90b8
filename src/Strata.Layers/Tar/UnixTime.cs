namespace Strata.Layers.Tar;

/// <summary>Times of archives, which may lie outside what .NET can hold: then they are the nearest that it can.</summary>
internal static class UnixTime
{
    private static readonly decimal Least = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly decimal Most = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static DateTimeOffset FromSeconds(decimal seconds)
    {
        var bound = Math.Clamp(seconds, Least, Most);
        return DateTimeOffset.UnixEpoch.AddTicks((long)Math.Floor(bound * TimeSpan.TicksPerSecond));
    }
}
