using System.Net.Security;
using System.Security.Authentication;

namespace Strata.Web;

/// <summary>
/// The certificate that new connections get; those that are open keep theirs. Its files are looked at from time to time, since what renews
/// certificates replaces files and tells nobody. Files that cannot be used change nothing.
/// </summary>
internal sealed class CertificateWatch : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>What renews certificates does so weeks before their end: one that has so little left was forgotten.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromDays(7);

    private readonly CertificateFiles _files;
    private readonly TimeProvider _time;
    private readonly ILogger<CertificateWatch> _logger;
    private volatile SslServerAuthenticationOptions _current;
    private string _read;
    private string _seen;
    private bool _isLateSaid;

    /// <exception cref="CertificateException">There is nothing to begin with.</exception>
    public CertificateWatch(CertificateFiles files, TimeProvider time, ILogger<CertificateWatch> logger)
    {
        (_files, _time, _logger) = (files, time, logger);
        _read = _seen = files.Mark();
        _current = Offer(files.Load());
    }

    public SslServerAuthenticationOptions Current => _current;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) Look();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private void Look()
    {
        SayIfLate();
        var mark = _files.Mark();
        // A certificate and its key are two files: they are read when both have come to rest.
        var rests = mark == _seen;
        _seen = mark;
        if (!rests || mark == _read) return;
        _read = mark;
        try
        {
            _current = Offer(_files.Load());
            _isLateSaid = false;
            _logger.CertificateRead(_files.Name);
        }
        catch (CertificateException e)
        {
            _logger.CertificateKept(e.Message);
        }
    }

    private void SayIfLate()
    {
        var end = new DateTimeOffset(_current.ServerCertificateContext!.TargetCertificate.NotAfter);
        if (_isLateSaid || end - _time.GetUtcNow() > Late) return;
        _isLateSaid = true;
        _logger.CertificateLate(_files.Name, end.ToUniversalTime());
    }

    private static SslServerAuthenticationOptions Offer(SslStreamCertificateContext certificate) => new()
    {
        ServerCertificateContext = certificate,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        AllowRenegotiation = false,
    };
}
