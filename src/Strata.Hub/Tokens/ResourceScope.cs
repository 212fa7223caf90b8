namespace Strata.Hub;

/// <summary>
/// What a token is asked for: <c>repository:team/app:pull,push</c>. Distribution's token spec, "Resource Scope Grammar". A resource's name may
/// hold colons, as in <c>repository:host:5000/team/app:pull</c>, so the type ends at the first one and the actions begin after the last.
/// </summary>
internal sealed record ResourceScope(string Type, string Name, IReadOnlyList<string> Actions)
{
    public const string Repository = "repository";
    public const string Registry = "registry";
    public const string Catalog = "catalog";

    public static bool TryParse(ReadOnlySpan<char> text, out ResourceScope scope)
    {
        scope = new ResourceScope("", "", []);
        var first = text.IndexOf(':');
        var last = text.LastIndexOf(':');
        if (first <= 0 || last <= first + 1 || last == text.Length - 1) return false;
        // A class, as in repository(plugin), is a hint to the client that asks for it.
        var type = text[..first];
        if (type.IndexOf('(') is > 0 and var open && type[^1] == ')') type = type[..open];
        var actions = new List<string>();
        foreach (var range in text[(last + 1)..].Split(','))
        {
            var action = text[(last + 1)..][range];
            if (action.IsEmpty || (action is not "*" && action.ContainsAnyExceptInRange('a', 'z'))) return false;
            var word = action.ToString();
            if (!actions.Contains(word, StringComparer.Ordinal)) actions.Add(word);
        }
        if (type.IsEmpty || type.ContainsAnyExcept(TypeLetters)) return false;
        scope = new ResourceScope(type.ToString(), text[(first + 1)..last].ToString(), actions);
        return true;
    }

    /// <summary>Each parameter may hold several, separated by spaces. What is no scope is left out: a token for it would be for nothing.</summary>
    public static IEnumerable<ResourceScope> ParseAll(IEnumerable<string?> parameters)
    {
        foreach (var text in parameters.SelectMany(p => (p ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            if (TryParse(text, out var scope)) yield return scope;
    }

    public override string ToString() => $"{Type}:{Name}:{string.Join(',', Actions)}";

    private static readonly System.Buffers.SearchValues<char> TypeLetters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");
}
