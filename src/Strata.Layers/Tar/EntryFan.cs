namespace Strata.Layers.Tar;

/// <summary>Shows one entry after another to visitors, each of which wants some contents and not others.</summary>
internal sealed class EntryFan(IReadOnlyList<ILayerVisitor> visitors) : SparseContent.IContentSink
{
    private static readonly byte[] Zeros = new byte[64 * 1024];
    private readonly ILayerVisitor[] _visitors = [.. visitors];
    private readonly IHoleVisitor?[] _holes = [.. visitors.Select(v => v as IHoleVisitor)];
    private readonly bool[] _wants = new bool[visitors.Count];

    /// <summary>An entry is open: somebody waits for its content.</summary>
    public bool IsEntered { get; private set; }

    public void Enter(LayerEntry entry)
    {
        IsEntered = false;
        for (var i = 0; i < _visitors.Length; i++)
        {
            _wants[i] = _visitors[i].Enter(entry);
            IsEntered |= _wants[i];
        }
    }

    public void Data(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < _visitors.Length; i++)
            if (_wants[i]) _visitors[i].Content(bytes);
    }

    public void Hole(long length)
    {
        for (var i = 0; i < _visitors.Length; i++)
        {
            if (!_wants[i]) continue;
            if (_holes[i] is { } visitor) visitor.Hole(length);
            else
                for (var left = length; left > 0; left -= Zeros.Length) _visitors[i].Content(Zeros.AsSpan(0, (int)Math.Min(left, Zeros.Length)));
        }
    }

    public void Leave()
    {
        if (!IsEntered) return;
        IsEntered = false;
        for (var i = 0; i < _visitors.Length; i++)
            if (_wants[i]) _visitors[i].Leave();
    }
}
