namespace Strata.Hub;

/// <summary>Finds repositories: exact name first, then names that begin so, then words in name and description.</summary>
internal sealed class RepositorySearch(Catalogue catalogue)
{
    /// <param name="text">What somebody typed; empty lists everything.</param>
    /// <param name="visible">Which repositories may be found; null for all.</param>
    /// <param name="official">Only official ones, only others, or (null) both.</param>
    /// <param name="page">From 1.</param>
    /// <param name="pageSize">At least 1.</param>
    public SearchPage Find(string? text, Predicate<string>? visible, bool? official, int page, int pageSize)
    {
        var query = SearchQuery.Parse(text);
        var hits = new List<Hit>();
        foreach (var entry in catalogue.Entries)
        {
            // A repository whose tags are all gone is kept for its counts only.
            if (entry.Snapshot.Tags.IsEmpty) continue;
            if (official is { } wanted && Namespaces.IsOfficial(entry.Name) != wanted) continue;
            var relevance = Judge(entry, query);
            if (relevance != Relevance.None && visible?.Invoke(entry.Name) != false) hits.Add(new Hit(entry, relevance, Tagged(entry, query)));
        }
        hits.Sort(Compare);
        var skip = (long)(page - 1) * pageSize;
        var shown = skip >= hits.Count ? [] : hits.Skip((int)skip).Take(pageSize).Select(h => h.Entry.Repository).ToArray();
        return new SearchPage(query, hits.Count, shown);
    }

    private static Relevance Judge(CatalogueEntry entry, SearchQuery query)
    {
        if (query.Name.Length == 0) return Relevance.ExactName;
        if (entry.Name == query.Name) return Relevance.ExactName;
        if (entry.BaseName == query.Name) return Namespaces.IsOfficial(entry.Name) ? Relevance.ExactName : Relevance.ExactBaseName;
        if (entry.BaseName.StartsWith(query.Name, StringComparison.Ordinal)) return Relevance.BaseNamePrefix;
        if (entry.Name.StartsWith(query.Name, StringComparison.Ordinal)) return Relevance.NamePrefix;
        var inName = true;
        foreach (var word in query.Words)
        {
            if (entry.Name.Contains(word, StringComparison.Ordinal)) continue;
            if (!entry.Text.Contains(word, StringComparison.Ordinal)) return Relevance.None;
            inName = false;
        }
        return inName ? Relevance.WordsInName : Relevance.WordsInText;
    }

    private static bool Tagged(CatalogueEntry entry, SearchQuery query) => query.Tag is not null && entry.Snapshot.Tags.ContainsKey(query.Tag);

    private static int Compare(Hit a, Hit b)
    {
        var order = a.Relevance.CompareTo(b.Relevance);
        if (order == 0) order = b.Tagged.CompareTo(a.Tagged);
        if (order == 0) order = Namespaces.IsOfficial(b.Entry.Name).CompareTo(Namespaces.IsOfficial(a.Entry.Name));
        if (order == 0) order = b.Entry.Snapshot.Stars.CompareTo(a.Entry.Snapshot.Stars);
        if (order == 0) order = b.Pulls.CompareTo(a.Pulls);
        if (order == 0) order = b.Entry.Snapshot.Updated.CompareTo(a.Entry.Snapshot.Updated);
        return order == 0 ? string.CompareOrdinal(a.Entry.Name, b.Entry.Name) : order;
    }

    // Pulls are read once: a comparison that changes while sorting is no order.
    private sealed record Hit(CatalogueEntry Entry, Relevance Relevance, bool Tagged)
    {
        public long Pulls { get; } = Entry.Pulls;
    }
}

/// <summary>One page of what was found, and how much there is.</summary>
internal sealed record SearchPage(SearchQuery Query, int Total, IReadOnlyList<HubRepository> Repositories);
