using System.Security.Cryptography;
using System.Text;

namespace Strata.Build.Cache;

/// <summary>
/// What decides a step's result, as a digest: the step before it, what it does, and the content of what it takes in. Parts are told apart by their
/// lengths.
/// </summary>
internal sealed class CacheKey : IDisposable
{
    /// <summary>Another way of writing layers gives other layers: the number counts them.</summary>
    private const string Version = "strata-build-2";

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public CacheKey() => Add(Version);

    public CacheKey Add(string? part)
    {
        var bytes = Encoding.UTF8.GetBytes(part ?? "");
        _hash.AppendData(BitConverter.GetBytes(part is null ? -1 : bytes.Length));
        _hash.AppendData(bytes);
        return this;
    }

    public CacheKey Add(IEnumerable<string> parts)
    {
        foreach (var part in parts) Add(part);
        return Add(";");
    }

    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
