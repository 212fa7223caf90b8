namespace Strata.Vulnerabilities.Versions.Maven;

/// <summary>What follows a hyphen, or a change between digits and letters; after every qualifier and before every number.</summary>
internal sealed class MavenList : MavenItem
{
    private readonly List<MavenItem> _items = [];

    public override bool IsNull => _items.Count == 0;

    public void Add(MavenItem item) => _items.Add(item);

    /// <summary>Takes away what says nothing at the end, also where only lists come after it.</summary>
    public void Normalize()
    {
        for (var i = _items.Count - 1; i >= 0; i--)
        {
            if (_items[i].IsNull) _items.RemoveAt(i);
            else if (_items[i] is not MavenList) break;
        }
    }

    public override int Against(MavenItem? other) => other switch
    {
        null => _items.Select(i => i.Against(other: null)).FirstOrDefault(o => o != 0),
        MavenList list => Against(list),
        MavenQualifier => 1,
        _ => -1,
    };

    private int Against(MavenList other)
    {
        for (var i = 0; i < _items.Count || i < other._items.Count; i++)
        {
            var left = i < _items.Count ? _items[i] : null;
            var right = i < other._items.Count ? other._items[i] : null;
            var order = left is null ? -right!.Against(other: null) : left.Against(right);
            if (order != 0) return order;
        }

        return 0;
    }
}
