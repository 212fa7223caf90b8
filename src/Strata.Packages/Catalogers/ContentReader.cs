using Strata.Packages.Facts;

namespace Strata.Packages.Catalogers;

/// <summary>
/// For documents that must be there as a whole to be read: holds a file in memory, or beside it in a temporary file when it is large, and
/// hands it over at its end.
/// </summary>
/// <param name="path">The document's path.</param>
/// <param name="most">Bytes; a longer file is not read, and that is a fault.</param>
/// <param name="expected">Bytes that it will have; 0 where nobody knows.</param>
internal abstract class ContentReader(string path, long most, long expected = 0) : DocumentReader(path)
{
    /// <summary>Enough for every magic number.</summary>
    private const int Head = 64;

    private readonly FileContent _content = new(expected);
    private bool _isLooked;
    private bool _isUnwanted;

    public sealed override bool WantsMore => !_isUnwanted;

    public sealed override void Add(ReadOnlySpan<byte> bytes)
    {
        // What is unwanted is mostly seen by the first piece, before anything is held.
        if (!_isLooked && _content.Length == 0 && bytes.Length >= Head) Look(bytes[..Head]);
        if (_isUnwanted) return;
        if (_content.Length + bytes.Length > most)
        {
            Fault($"longer than {most} bytes; it was not read");
            Drop();
            return;
        }
        _content.Append(bytes);
        if (!_isLooked && _content.Length >= Head) LookAtHeld();
    }

    public sealed override PackageDocument? Finish()
    {
        if (!_isLooked) LookAtHeld();
        if (_isUnwanted) return Faults.Count > 0 ? new PackageDocument { Path = Path } : null;
        try
        {
            return Read(_content);
        }
        catch (Exception e) when (IsOfContent(e))
        {
            Fault(e.Message);
            return new PackageDocument { Path = Path };
        }
    }

    public override void Dispose() => _content.Dispose();

    /// <summary>Whether the file is worth holding, by its first bytes (up to 64; fewer only if the file has fewer).</summary>
    protected virtual bool Accepts(ReadOnlySpan<byte> head) => true;

    /// <summary>Null when it turned out to be no document. May throw what bad content makes the base library throw; that becomes a fault.</summary>
    protected abstract PackageDocument? Read(FileContent content);

    /// <summary>What parsers of the base library say of content that is not what it should be.</summary>
    protected static bool IsOfContent(Exception e) =>
        e is System.Text.Json.JsonException or FormatException or InvalidDataException or EndOfStreamException or System.Xml.XmlException
            or OverflowException or ArgumentException or IndexOutOfRangeException or KeyNotFoundException or InvalidOperationException
            or NotSupportedException or System.Text.RegularExpressions.RegexMatchTimeoutException;

    private void LookAtHeld()
    {
        Span<byte> head = stackalloc byte[Head];
        Look(head[.._content.ReadAt(0, head)]);
    }

    private void Look(ReadOnlySpan<byte> head)
    {
        _isLooked = true;
        if (!Accepts(head)) Drop();
    }

    private void Drop()
    {
        _isUnwanted = true;
        _content.Dispose();
    }
}
