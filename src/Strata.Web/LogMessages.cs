namespace Strata.Web;

internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Information, "The certificate {File} has changed; new connections get it")]
    public static partial void CertificateRead(this ILogger logger, string file);

    [LoggerMessage(2, LogLevel.Error, "The certificate has changed and stays as it was for clients: {Reason}")]
    public static partial void CertificateKept(this ILogger logger, string reason);

    [LoggerMessage(3, LogLevel.Warning, "The certificate {File} ends at {End:u}; clients refuse it then")]
    public static partial void CertificateLate(this ILogger logger, string file, DateTimeOffset end);
}
