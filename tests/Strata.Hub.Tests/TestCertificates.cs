using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Strata.Hub.Tests;

/// <summary>A root, an authority below it, and what that signs for this machine.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly X509Certificate2 _root = Issue("CN=Root", issuer: null, authority: true);
    private readonly X509Certificate2 _between;

    public TestCertificates() => _between = Issue("CN=Between", _root, authority: true);

    /// <summary>What clients have to know.</summary>
    public string RootPem => _root.ExportCertificatePem() + "\n";

    /// <summary>A certificate for 127.0.0.1 and localhost with the one between, and its key, in PEM.</summary>
    public (string Chain, string Key, string Thumbprint) NewPem(ReadOnlySpan<char> password = default, int days = 10)
    {
        using var own = Issue("CN=localhost", _between, authority: false, days);
        using var key = own.GetECDsaPrivateKey()!;
        var keyPem = password.IsEmpty
            ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        return ($"{own.ExportCertificatePem()}\n{_between.ExportCertificatePem()}\n", keyPem + "\n", own.Thumbprint);
    }

    public (byte[] Pfx, string Thumbprint) NewPfx(string password)
    {
        using var own = Issue("CN=localhost", _between, authority: false);
        using var between = X509CertificateLoader.LoadCertificate(_between.RawData);
        return (new X509Certificate2Collection { between, own }.Export(X509ContentType.Pkcs12, password)!, own.Thumbprint);
    }

    public void Dispose()
    {
        _root.Dispose();
        _between.Dispose();
    }

    private static X509Certificate2 Issue(string name, X509Certificate2? issuer, bool authority, int days = 10)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(authority ? X509KeyUsageFlags.KeyCertSign : X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (!authority)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("localhost");
            names.AddDnsName("hub.example");
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }
        var now = TimeProvider.System.GetUtcNow();
        // Nothing may outlive what signs it, not even by the second that passed in between.
        var (from, to) = (now.AddDays(-1), now.AddDays(issuer is null ? 40 : authority ? 20 : days));
        if (issuer is null) return request.CreateSelfSigned(from, to);
        using var issued = request.Create(issuer, from, to, Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N")[..16]));
        return issued.CopyWithPrivateKey(key);
    }
}
