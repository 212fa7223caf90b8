using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Strata.Web;

/// <summary>A certificate with its key and with those between it and the root, as files have it.</summary>
internal sealed class CertificateFiles(string certificate, string? key, string? password)
{
    public string Name => certificate;

    /// <summary>Changes when what is in the files does; empty where they cannot be read.</summary>
    public string Mark()
    {
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(File.ReadAllBytes(certificate));
            if (key is not null) hash.AppendData(File.ReadAllBytes(key));
            return Convert.ToHexString(hash.GetCurrentHash());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <exception cref="CertificateException">The files are missing, or damaged, or do not belong together.</exception>
    public SslStreamCertificateContext Load()
    {
        try
        {
            var bytes = File.ReadAllBytes(certificate);
            var text = Encoding.Latin1.GetString(bytes);
            var (own, all) = text.Contains("-----BEGIN", StringComparison.Ordinal) ? FromPem(text) : FromPfx(bytes);
            if (own is not { HasPrivateKey: true }) throw new CertificateException(certificate, "it has no private key; name that file as tls.key", inner: null);
            // Offline: a client that waits for its handshake must not wait for somebody else's server.
            return SslStreamCertificateContext.Create(own, all, offline: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new CertificateException(certificate, e.Message.TrimEnd('.'), e);
        }
    }

    private (X509Certificate2? Own, X509Certificate2Collection All) FromPem(string text)
    {
        var keyText = key is null ? text : File.ReadAllText(key);
        var all = new X509Certificate2Collection();
        all.ImportFromPem(text);
        return (password is null ? X509Certificate2.CreateFromPem(text, keyText) : X509Certificate2.CreateFromEncryptedPem(text, keyText, password), all);
    }

    private (X509Certificate2? Own, X509Certificate2Collection All) FromPfx(byte[] bytes)
    {
        var all = X509CertificateLoader.LoadPkcs12Collection(bytes, password);
        return (all.FirstOrDefault(c => c.HasPrivateKey), all);
    }
}
