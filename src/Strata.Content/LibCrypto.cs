using System.Runtime.InteropServices;

namespace Strata.Content;

/// <summary>The part of OpenSSL 3 that keeps a hash's state in memory of ours. .NET's own hashes use the same library.</summary>
internal static partial class LibCrypto
{
    private const string Library = "libcrypto.so.3";

    public static bool IsThere { get; } = NativeLibrary.TryLoad(Library, out _);

    [LibraryImport(Library, EntryPoint = "SHA256_Init")]
    public static partial int Sha256Init(ref byte context);

    [LibraryImport(Library, EntryPoint = "SHA256_Update")]
    public static partial int Sha256Update(ref byte context, ref byte data, nuint length);

    [LibraryImport(Library, EntryPoint = "SHA256_Final")]
    public static partial int Sha256Final(ref byte hash, ref byte context);

    [LibraryImport(Library, EntryPoint = "SHA512_Init")]
    public static partial int Sha512Init(ref byte context);

    [LibraryImport(Library, EntryPoint = "SHA512_Update")]
    public static partial int Sha512Update(ref byte context, ref byte data, nuint length);

    [LibraryImport(Library, EntryPoint = "SHA512_Final")]
    public static partial int Sha512Final(ref byte hash, ref byte context);
}
