namespace Strata.Images.Archives;

/// <summary>
/// The files of a tar of images. One that lies uncompressed on a disk is read where it lies; any other is first written out beside the
/// store, since an archive names its parts in any order.
/// </summary>
internal sealed class ArchiveFiles : ILayoutFiles
{
    /// <summary>A blob is a member; no archive of images comes near.</summary>
    private const int MaxMembers = 200_000;
    private const int MaxLinks = 16;
    private const string Advice = "it is damaged or no archive of images; make it again";

    private readonly FileStream _file;
    private readonly Dictionary<string, TarMember> _members = new(StringComparer.Ordinal);

    private ArchiveFiles(FileStream file, string name) => (_file, Name) = (file, name);

    public string Name { get; }

    /// <param name="source">The archive, plain or compressed with gzip or zstd; is disposed.</param>
    /// <param name="name">What a person calls it.</param>
    /// <param name="spool">The folder in which a source that cannot be read in any order is written out.</param>
    /// <exception cref="ImageException">It is no archive, or is cut off.</exception>
    public static async Task<ArchiveFiles> OpenAsync(Stream source, string name, string spool, CancellationToken cancellationToken)
    {
        var file = await SeekableAsync(source, name, spool, cancellationToken).ConfigureAwait(false);
        var archive = new ArchiveFiles(file, name);
        try
        {
            archive.ReadMembers(cancellationToken);
            return archive;
        }
        catch (Exception e)
        {
            archive.Dispose();
            if (e is InvalidDataException) throw new ImageException($"{name} cannot be read: {e.Message}", Advice, e);
            throw;
        }
    }

    public long? SizeOf(string path) => Find(path)?.Size;

    public Stream Open(string path)
    {
        var member = Find(path) ?? throw new ImageException($"{Name} has no {path}", Advice);
        return new RangeStream(_file.SafeFileHandle, member.Offset, member.Size);
    }

    public void Dispose() => _file.Dispose();

    private static async Task<FileStream> SeekableAsync(Stream source, string name, string spool, CancellationToken cancellationToken)
    {
        var peeked = new PeekedStream(source);
        try
        {
            var compression = await peeked.PeekAsync(cancellationToken).ConfigureAwait(false);
            if (compression == Compression.None && source is FileStream { CanSeek: true } onDisk)
            {
                onDisk.Position = 0;
                return onDisk;
            }
            var plain = compression.Open(peeked, name);
            await using (plain.ConfigureAwait(false)) return await SpoolAsync(plain, spool, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await source.DisposeAsync().ConfigureAwait(false);
            if (e is InvalidDataException or ZstdSharp.ZstdException or EndOfStreamException)
                throw new ImageException($"{name} cannot be read: its compressed data is broken: {e.Message}", Advice, e);
            throw;
        }
    }

    private static async Task<FileStream> SpoolAsync(Stream plain, string folder, CancellationToken cancellationToken)
    {
        var file = new FileStream(Path.Combine(folder, Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = 0,
            Options = FileOptions.DeleteOnClose,
        });
        try
        {
            await plain.CopyToAsync(file, 256 * 1024, cancellationToken).ConfigureAwait(false);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private void ReadMembers(CancellationToken cancellationToken)
    {
        var walk = new TarMembers(_file);
        while (walk.Next(cancellationToken) is { } member)
        {
            if (!member.IsFile && !member.IsLink) continue;
            if (member.Offset + member.Size > _file.Length) throw new InvalidDataException($"{member.Path} is cut off");
            if (_members.Count == MaxMembers) throw new InvalidDataException($"it has more than {MaxMembers} members");
            // The headers are not needed again, and an archive may have many.
            _members[Normal(member.Path, "")] = member with { Head = [] };
        }
        if (_members.Count == 0) throw new InvalidDataException("it has no files");
    }

    private TarMember? Find(string path)
    {
        var at = path;
        for (var links = 0; links <= MaxLinks; links++)
        {
            if (!_members.TryGetValue(at, out var member)) return null;
            if (!member.IsLink) return member;
            // Old archives share a layer between images by a symbolic link; one that leads out of the archive is not followed.
            var folder = member.Type == (byte)'2' && at.LastIndexOf('/') is > 0 and var slash ? at[..slash] : "";
            if (member.Link!.StartsWith('/')) throw Outside(path, member);
            try
            {
                at = Normal(member.Link, folder);
            }
            catch (InvalidDataException)
            {
                throw Outside(path, member);
            }
        }
        throw new ImageException($"{path} of {Name} is a link that leads to itself", Advice);
    }

    private ImageException Outside(string path, TarMember member) =>
        new($"{path} of {Name} is a link to {member.Link}, which is outside of the archive", "it cannot be trusted; nothing was read");

    /// <summary>The path below <paramref name="folder"/> without dots; a ".." may lead up within the archive, in a link only.</summary>
    private static string Normal(string path, string folder)
    {
        var parts = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        var isLink = parts.Count > 0;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".") continue;
            if (part != "..") parts.Add(part);
            else if (isLink && parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            else throw new InvalidDataException($"the path '{path}' leads outside");
        }
        return string.Join('/', parts);
    }
}
