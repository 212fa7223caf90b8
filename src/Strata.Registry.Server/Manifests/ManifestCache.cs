using System.Collections.Concurrent;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>
/// The bytes of manifests by digest. A digest never means other bytes, so nothing here can be stale; whether a repository has the
/// manifest is asked of the database each time.
/// </summary>
internal sealed class ManifestCache(int capacity)
{
    // Larger ones are rare, and one of them would push out thousands.
    private const int Largest = 256 * 1024;

    private readonly ConcurrentDictionary<Digest, byte[]> _contents = new();
    private long _bytes;

    public byte[]? Find(Digest digest) => _contents.GetValueOrDefault(digest);

    public void Add(Digest digest, byte[] content)
    {
        if (content.Length > Largest || content.Length > capacity) return;
        if (Interlocked.Read(ref _bytes) + content.Length > capacity)
        {
            // Starting over costs one read per manifest in use and needs no bookkeeping on the hot path.
            _contents.Clear();
            Interlocked.Exchange(ref _bytes, 0);
        }
        if (_contents.TryAdd(digest, content)) Interlocked.Add(ref _bytes, content.Length);
    }
}
