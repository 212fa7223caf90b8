namespace Strata.Packages.Catalogers.Debian;

/// <summary>What a dpkg database may cost. All of Debian is about 65,000 packages in 70 MiB, its longest stanza some 100 KiB.</summary>
internal sealed record DebianLimits
{
    public static DebianLimits Default { get; } = new();

    /// <summary>Bytes of one database that are read.</summary>
    public long DatabaseBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Bytes of one stanza, its last line break included.</summary>
    public int StanzaBytes { get; init; } = 1024 * 1024;

    /// <summary>Packages of one database.</summary>
    public int Packages { get; init; } = 200_000;

    /// <summary>Characters of a name, version, architecture or source.</summary>
    public int FieldCharacters { get; init; } = 1024;
}
