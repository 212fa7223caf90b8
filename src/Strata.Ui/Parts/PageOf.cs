namespace Strata.Ui.Parts;

/// <summary>One page of a longer list.</summary>
public sealed record PageOf<T>(IReadOnlyList<T> Rows, int Number, int Size, int Total)
{
    public int First => Total == 0 ? 0 : ((Number - 1) * Size) + 1;

    public int Last => First == 0 ? 0 : First + Rows.Count - 1;

    public int Pages => Math.Max(1, (Total + Size - 1) / Size);

    /// <summary>The page with this number, from 1; a number that does not exist gives the nearest that does.</summary>
    public static PageOf<T> Of(IReadOnlyList<T> all, int? number, int size)
    {
        var pages = Math.Max(1, (all.Count + size - 1) / size);
        var page = Math.Clamp(number ?? 1, 1, pages);
        return new PageOf<T>([.. all.Skip((page - 1) * size).Take(size)], page, size, all.Count);
    }
}
