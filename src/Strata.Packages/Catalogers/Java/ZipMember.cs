namespace Strata.Packages.Catalogers.Java;

/// <summary>A file in a zip, as the directory at its end tells.</summary>
/// <param name="Name">With slashes.</param>
/// <param name="Method">0 as it is, 8 deflated.</param>
/// <param name="Packed">Bytes in the archive.</param>
/// <param name="Header">Where in the archive its local header is.</param>
internal sealed record ZipMember(string Name, ushort Method, long Packed, long Header);
