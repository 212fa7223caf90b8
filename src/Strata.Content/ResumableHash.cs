using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Strata.Oci;

namespace Strata.Content;

/// <summary>
/// A running hash whose state can be kept and taken up again by another process. libcrypto's SHA256_CTX and SHA512_CTX are plain structs, and
/// as fast as its newer interface; where the library is missing, the hash runs all the same and has no state to keep.
/// </summary>
internal sealed class ResumableHash : IDisposable
{
    private readonly byte[]? _context;
    private readonly IncrementalHash? _plain;
    private readonly DigestAlgorithm _algorithm;

    public ResumableHash(DigestAlgorithm algorithm)
    {
        _algorithm = algorithm;
        if (!LibCrypto.IsThere)
        {
            _plain = algorithm.StartHash();
            return;
        }
        _context = new byte[ContextLength(algorithm)];
        _ = algorithm == DigestAlgorithm.Sha256 ? LibCrypto.Sha256Init(ref _context[0]) : LibCrypto.Sha512Init(ref _context[0]);
    }

    /// <summary>What goes on from here; empty where it cannot be kept.</summary>
    public ReadOnlySpan<byte> State => _context;

    /// <summary>Goes on from a kept state. False when the state is none of this machine's.</summary>
    public bool TryRestore(ReadOnlySpan<byte> state)
    {
        if (_context is null || state.Length != _context.Length) return false;
        state.CopyTo(_context);
        return true;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        if (_plain is not null) _plain.AppendData(bytes);
        else if (_algorithm == DigestAlgorithm.Sha256) _ = LibCrypto.Sha256Update(ref _context![0], ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length);
        else _ = LibCrypto.Sha512Update(ref _context![0], ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length);
    }

    /// <summary>The digest of all that was appended. The hash may go on afterwards.</summary>
    public Digest Current()
    {
        Span<byte> hash = stackalloc byte[_algorithm.HashLength()];
        if (_plain is not null)
        {
            _plain.GetCurrentHash(hash);
            return Digest.FromHash(hash, _algorithm);
        }
        Span<byte> copy = stackalloc byte[_context!.Length];
        _context.CopyTo(copy);
        _ = _algorithm == DigestAlgorithm.Sha256
            ? LibCrypto.Sha256Final(ref hash[0], ref copy[0])
            : LibCrypto.Sha512Final(ref hash[0], ref copy[0]);
        return Digest.FromHash(hash, _algorithm);
    }

    public void Dispose() => _plain?.Dispose();

    private static int ContextLength(DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Sha256 ? 112 : 216;
}
