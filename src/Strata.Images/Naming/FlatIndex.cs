using Strata.Oci;

namespace Strata.Images;

/// <summary>
/// An index and those within it, taken as one: the spec lets an index name indexes. Whoever has the documents reads one after another:
/// <c>while (flat.TryNext(out var inner)) flat.Add(inner, …)</c>.
/// </summary>
internal sealed class FlatIndex
{
    /// <summary>Indexes on the way to an image; nobody needs more than two.</summary>
    public const int MaxDepth = 8;

    /// <summary>Indexes within one: few bytes could name very many.</summary>
    public const int MaxInner = 256;

    private readonly Queue<(Descriptor Index, int Depth)> _open = new();
    private readonly List<Descriptor> _manifests = [];
    private readonly List<Descriptor> _inner = [];
    private readonly string _shownAs;
    private readonly ImageIndex _top;
    private int _depth = 1;

    public FlatIndex(string shownAs, ImageIndex top)
    {
        (_shownAs, _top) = (shownAs, top);
        Take(top, within: null);
    }

    /// <summary>The top with all manifests, of whichever index: those of the outer before those of the inner.</summary>
    public ImageIndex Index => _top with { Manifests = _manifests };

    /// <summary>The indexes within, each before those that name it.</summary>
    public IReadOnlyList<Descriptor> Inner => [.. _inner.AsEnumerable().Reverse().DistinctBy(i => i.Digest)];

    /// <summary>The next index that is to be read and given to <see cref="Add"/>; false when all are.</summary>
    public bool TryNext([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Descriptor? inner)
    {
        (inner, _depth) = _open.TryDequeue(out var next) ? (next.Index, next.Depth) : (null, 0);
        return inner is not null;
    }

    /// <exception cref="ImageException">Indexes lie too deep in one another, or are too many.</exception>
    public void Add(Descriptor inner, ImageIndex index)
    {
        _inner.Add(inner);
        Take(index, inner);
    }

    private void Take(ImageIndex index, Descriptor? within)
    {
        foreach (var named in index.Manifests)
        {
            if (!MediaTypes.IsIndex(named.MediaType))
            {
                _manifests.Add(named.Platform is null && within?.Platform is { } platform ? named with { Platform = platform } : named);
                continue;
            }
            if (_depth >= MaxDepth) throw new ImageException($"{_shownAs} has indexes within indexes, more than {MaxDepth} deep", "ask who published it to name its images in one index");
            if (_open.Count + _inner.Count >= MaxInner) throw new ImageException($"{_shownAs} has more than {MaxInner} indexes within its index", "ask who published it to name its images in one index");
            _open.Enqueue((named, _depth + 1));
        }
    }
}
