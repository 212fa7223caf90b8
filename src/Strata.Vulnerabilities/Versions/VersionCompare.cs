namespace Strata.Vulnerabilities.Versions;

/// <summary>The verb <c>version-compare</c>: pairs in, relations out, to hold an order against its reference implementation.</summary>
public static class VersionCompare
{
    /// <summary>Reads <c>A TAB B</c> lines and writes <c>&lt;</c>, <c>=</c>, <c>&gt;</c> or <c>?</c> for each; a line without a tab gives <c>?</c>.</summary>
    /// <exception cref="UnknownEcosystemException">There is no order for the ecosystem; nothing was read.</exception>
    public static void Run(string ecosystem, TextReader input, TextWriter output)
    {
        var order = VersionOrders.For(ecosystem);
        while (input.ReadLine() is { } line)
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var relation = tab < 0 ? VersionRelation.Unknown : order.Compare(line[..tab], line[(tab + 1)..]);
            output.WriteLine(Sign(relation));
        }
    }

    private static char Sign(VersionRelation relation) => relation switch
    {
        VersionRelation.Before => '<',
        VersionRelation.Equal => '=',
        VersionRelation.After => '>',
        _ => '?',
    };
}
