namespace Strata.Web;

/// <summary>A certificate that no server can use.</summary>
internal sealed class CertificateException(string file, string reason, Exception? inner) : Exception($"the certificate {file} cannot be used: {reason}", inner);
