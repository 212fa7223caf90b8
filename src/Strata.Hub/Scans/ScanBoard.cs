using System.Collections.Immutable;
using Strata.Oci;
using Strata.Packages.Facts;

namespace Strata.Hub;

/// <summary>
/// What the hub knows of each image that a tag leads to, and so what is still to be done: an image of which nothing is known waits. There is
/// no other queue, so that a push that was not scanned when the hub ended is found at its next start, and one whose tag is gone is forgotten.
/// </summary>
internal sealed class ScanBoard(Catalogue catalogue, ScanTargets targets, ScanDatabase database)
{
    /// <summary>How often the tags are gone through while pushes come: that costs time with their number, and a storm of pushes has many.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<Digest, ImageScan> _images = [];
    private readonly Dictionary<Digest, ImmutableArray<ScanTarget>> _tops = [];
    private readonly HashSet<Digest> _busy = [];

    /// <summary>What is to be read, the newest push last; with some that no longer are.</summary>
    private List<Digest> _waiting = [];

    /// <summary>The data with which all were compared, as far as is known; images are many, and this is asked before each.</summary>
    private string? _matched;
    private long _version = -1;
    private DateTimeOffset _followed;
    private bool _isMatching;

    /// <summary>How many images are still to be read.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _waiting.Count(d => _images.TryGetValue(d, out var image) && image.State == ImageScanState.Waiting);
        }
    }

    /// <summary>True where tags have changed since they were last gone through.</summary>
    public bool IsBehind
    {
        get
        {
            lock (_gate) return _version != catalogue.Version;
        }
    }

    public void Load()
    {
        lock (_gate)
            foreach (var image in database.Load(LayerCatalog.CurrentFormat)) _images[image.Manifest] = image;
    }

    /// <summary>What is known of an image; null where no tag leads to it, as far as the catalogue knows.</summary>
    public ImageScan? Find(Digest manifest)
    {
        lock (_gate) return _images.GetValueOrDefault(manifest);
    }

    /// <summary>The images of what a tag names; see <see cref="ScanTargets.Of"/>.</summary>
    public IReadOnlyList<ScanTarget> TargetsOf(string repository, Digest top)
    {
        lock (_gate)
            if (_tops.TryGetValue(top, out var known)) return known;
        return targets.Of(repository, top);
    }

    /// <summary>
    /// The next image to read, the newest push first; it is the caller's until he says how it went. What was pushed in the last second may not be
    /// seen yet; see <see cref="IsBehind"/>.
    /// </summary>
    public ImageScan? Next(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (now - _followed >= Breath)
            {
                Follow();
                _followed = now;
            }
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                var manifest = _waiting[i];
                if (!_images.TryGetValue(manifest, out var image) || image.State != ImageScanState.Waiting) _waiting.RemoveAt(i);
                else if (!(image.NotBefore > now) && _busy.Add(manifest)) return image;
            }
            return null;
        }
    }

    /// <summary>Those that were compared with other data than this; they are the caller's until <see cref="EndMatching"/>. Empty while another has them.</summary>
    public IReadOnlyList<ImageScan> BeginMatching(string data)
    {
        lock (_gate)
        {
            if (_isMatching || data == _matched) return [];
            ImageScan[] due = [.. _images.Values.Where(i => i.State == ImageScanState.Read && i.Result?.Data != data)];
            _isMatching = due.Length > 0;
            _matched = _isMatching ? null : data;
            return due;
        }
    }

    public void EndMatching()
    {
        lock (_gate) _isMatching = false;
    }

    /// <summary>True when nothing is to be done that can be.</summary>
    /// <param name="data">What all are to be compared with; null where that cannot be read.</param>
    public bool IsSettled(string? data)
    {
        lock (_gate)
        {
            Follow();
            return _busy.Count == 0 && !_isMatching && !_images.Values.Any(i => i.State == ImageScanState.Waiting || (data is not null && i.State == ImageScanState.Read && i.Result?.Data != data));
        }
    }

    /// <summary>Keeps what was found out. An image whose tag went meanwhile is forgotten.</summary>
    /// <exception cref="System.Data.Common.DbException">It could not be written; nothing of it is known.</exception>
    public void Keep(params IReadOnlyCollection<(ImageScan Scan, byte[]? Document)> scans)
    {
        lock (_gate)
        {
            (ImageScan Scan, byte[]? Document)[] here = [.. scans.Where(s => _images.ContainsKey(s.Scan.Manifest))];
            database.Save(LayerCatalog.CurrentFormat, here);
            foreach (var (scan, _) in here)
            {
                _images[scan.Manifest] = scan;
                // The data may have become another while the image was read.
                if (scan.State == ImageScanState.Read && scan.Result?.Data != _matched) _matched = null;
            }
        }
    }

    /// <summary>Lets go of an image, whatever came of it.</summary>
    public void Release(Digest manifest)
    {
        lock (_gate) _busy.Remove(manifest);
    }

    /// <summary>An image is to be read, at once or later: its facts are gone, or it could not be finished now.</summary>
    public void Postpone(Digest manifest, DateTimeOffset? notBefore)
    {
        lock (_gate)
        {
            if (!_images.TryGetValue(manifest, out var image)) return;
            _images[manifest] = new ImageScan { Manifest = manifest, Repository = image.Repository, NotBefore = notBefore };
            if (!_waiting.Contains(manifest)) _waiting.Add(manifest);
        }
    }

    public IReadOnlyList<ImageScan> Incomplete()
    {
        lock (_gate) return [.. _images.Values.Where(i => i.State == ImageScanState.Incomplete)];
    }

    public byte[]? DocumentOf(Digest manifest) => database.DocumentOf(manifest);

    /// <summary>Brings the images in line with the tags, when those have changed.</summary>
    private void Follow()
    {
        var version = catalogue.Version;
        if (version == _version) return;
        var (tops, order, homes) = (new HashSet<Digest>(), new Dictionary<Digest, DateTimeOffset>(), new HashSet<(Digest, string)>());
        foreach (var repository in catalogue.Entries.Select(e => e.Snapshot))
        {
            foreach (var tag in repository.Tags.Values)
            {
                var top = Digest.Parse(tag.Digest);
                tops.Add(top);
                foreach (var target in TargetsIn(repository.Name, top))
                {
                    _images.TryAdd(target.Manifest, new ImageScan { Manifest = target.Manifest, Repository = repository.Name });
                    homes.Add((target.Manifest, repository.Name));
                    if (!order.TryGetValue(target.Manifest, out var pushed) || pushed < tag.Pushed) order[target.Manifest] = tag.Pushed;
                }
            }
        }
        foreach (var gone in _tops.Keys.Where(t => !tops.Contains(t)).ToArray()) _tops.Remove(gone);
        Forget([.. _images.Keys.Where(m => !order.ContainsKey(m))]);
        Rehome(homes);
        _waiting = [.. order.Where(o => _images[o.Key].State == ImageScanState.Waiting).OrderBy(o => o.Value).Select(o => o.Key)];
        _version = version;
    }

    private ImmutableArray<ScanTarget> TargetsIn(string repository, Digest top)
    {
        // Of a mirror's index more may be here later.
        if (_tops.TryGetValue(top, out var known) && known.Length > 0) return known;
        return _tops[top] = [.. targets.Of(repository, top)];
    }

    /// <summary>An image whose repository lost it is read from another that has it.</summary>
    private void Rehome(HashSet<(Digest Manifest, string Repository)> homes)
    {
        foreach (var (manifest, repository) in homes)
        {
            var image = _images[manifest];
            if (!homes.Contains((manifest, image.Repository))) _images[manifest] = image with { Repository = repository };
        }
    }

    private void Forget(Digest[] gone)
    {
        if (gone.Length == 0) return;
        database.Remove(gone);
        foreach (var manifest in gone) _images.Remove(manifest);
    }
}
