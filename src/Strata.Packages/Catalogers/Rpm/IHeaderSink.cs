namespace Strata.Packages.Catalogers.Rpm;

/// <summary>Takes what a database of rpm has, whatever its format.</summary>
internal interface IHeaderSink
{
    /// <summary>The header of a package, without magic: what rpm calls a blob.</summary>
    void Header(ReadOnlySpan<byte> blob);

    /// <summary>A part could not be read.</summary>
    /// <exception cref="InvalidDataException">There were too many of them: going on is no use.</exception>
    void Damage(string reason);
}
