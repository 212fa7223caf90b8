using Strata.Cli.Rendering;
using Strata.Vulnerabilities.Advisories;

namespace Strata.Cli.Commands;

/// <summary>How far an update is: one line on a terminal that is written over; nothing elsewhere, where the outcome is told at the end.</summary>
internal sealed class AdvisoryDisplay(Session session) : IProgress<AdvisoryProgress>, IDisposable
{
    private const long Every = 100;
    private const string Again = "\r\x1b[K";
    private readonly bool _shows = session.Progress == ProgressStyle.Auto && !Console.IsErrorRedirected;
    private long _next;

    public void Report(AdvisoryProgress value)
    {
        if (!_shows) return;
        var now = (long)session.Clock.GetElapsedTime(0).TotalMilliseconds;
        if (now < _next) return;
        _next = now + Every;
        var of = value.TotalBytes is { } total ? $" of {Sizes.Text(total)}" : "";
        var records = value.Records > 0 ? $", {value.Records} records" : "";
        Console.Error.Write($"{Again}{value.File}  {Sizes.Text(value.Bytes)}{of}{records}");
    }

    public void Dispose()
    {
        if (_next > 0) Console.Error.Write(Again);
    }
}
