using Strata.Registry.Server;

namespace Strata.Web;

/// <summary>HTTPS: TLS 1.2 or 1.3, with HTTP/2. Off where no certificate is named.</summary>
internal sealed record TlsOptions : ISettings<TlsOptions>
{
    /// <summary>PEM with the server's certificate first and those between it and the root after it, or PFX; null for plain HTTP.</summary>
    public string? Certificate { get; init; }

    /// <summary>The private key in PEM; null where it is in the certificate's file.</summary>
    public string? Key { get; init; }

    /// <summary>Of a PFX file, or of an encrypted key.</summary>
    public string? Password { get; init; }

    /// <summary>How long browsers shall ask this host by TLS only; zero leaves it to them. RFC 6797.</summary>
    public TimeSpan Hsts { get; init; } = TimeSpan.FromDays(30);

    public static TlsOptions Read(SettingsSection from, TlsOptions usual)
    {
        var options = new TlsOptions
        {
            Certificate = from.OptionalPath("certificate", usual.Certificate),
            Key = from.OptionalPath("key", usual.Key),
            Password = from.Secret("password", usual.Password),
            Hsts = from.Duration("hsts", usual.Hsts, TimeSpan.Zero, TimeSpan.FromDays(730)),
        };
        if (options is { Certificate: null, Key: not null }) from.Fault("key", "is of no use without certificate; name both");
        return options;
    }
}
