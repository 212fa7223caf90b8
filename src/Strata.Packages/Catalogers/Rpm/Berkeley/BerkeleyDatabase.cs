namespace Strata.Packages.Catalogers.Rpm.Berkeley;

/// <summary>
/// rpm's database until 4.15, a hash of Berkeley DB: a number leads to a header. All pages of the hash are read one after the other, since
/// all that is in them is wanted. Berkeley DB, dbinc/db_page.h.
/// </summary>
internal sealed class BerkeleyDatabase(FileContent content, IHeaderSink sink)
{
    private const uint HashMagic = 0x061561;
    private const uint OldestVersion = 8;
    private const uint NewestVersion = 10;
    private const int MetaSize = 72;

    public static bool Is(ReadOnlySpan<byte> head) => head.Length >= 16 && IsLittleEndian(head) is not null;

    public void Read()
    {
        var head = content.Bytes(0, MetaSize);
        var numbers = new BerkeleyNumbers(IsLittleEndian(head) ?? throw new InvalidDataException("no hash of Berkeley DB"));
        var version = numbers.UInt32(head, 16);
        if (version is < OldestVersion or > NewestVersion) throw new InvalidDataException($"a hash of Berkeley DB of version {version}; {OldestVersion} to {NewestVersion} are known");
        if (head[24] != 0) throw new InvalidDataException("it is encrypted");
        var pageSize = numbers.UInt32(head, 20);
        if (pageSize is < 512 or > 65536 || (pageSize & (pageSize - 1)) != 0) throw new InvalidDataException($"a hash of Berkeley DB with pages of {pageSize} bytes");

        var last = numbers.UInt32(head, 32);
        var there = content.Length / pageSize;
        if (last >= there) sink.Damage($"cut off: {there} of {last + 1L} pages are there");
        // The first page tells of the others.
        var pages = new BerkeleyPages(content, (int)pageSize, numbers);
        for (var i = 1u; i <= last && i < there; i++) ReadPage(pages, i);
    }

    private void ReadPage(BerkeleyPages pages, uint number)
    {
        var page = pages.Read(number);
        if (!page.IsOfHash) return;
        for (var i = 0; i + 1 < page.Entries; i += 2)
        {
            string damage;
            try
            {
                if (!IsCounter(pages.Item(page, i))) sink.Header(pages.Item(page, i + 1));
                continue;
            }
            catch (InvalidDataException e)
            {
                damage = e.Message;
            }
            sink.Damage(damage);
        }
    }

    /// <summary>Under the number 0 is the one that the next package gets.</summary>
    private static bool IsCounter(ReadOnlySpan<byte> key) => key.Length == 4 && !key.ContainsAnyExcept((byte)0);

    private static bool? IsLittleEndian(ReadOnlySpan<byte> head)
    {
        if (new BerkeleyNumbers(IsLittleEndian: true).UInt32(head, 12) == HashMagic) return true;
        return new BerkeleyNumbers(IsLittleEndian: false).UInt32(head, 12) == HashMagic ? false : null;
    }
}
