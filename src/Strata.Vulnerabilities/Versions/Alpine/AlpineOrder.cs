namespace Strata.Vulnerabilities.Versions.Alpine;

/// <summary>apk's order; Alpine, Wolfi and their kin share it.</summary>
internal sealed class AlpineOrder : VersionOrder
{
    /// <summary>
    /// apk answers for every two texts, by the parts before the first that does not fit. Only where not even a number begins one there is
    /// nothing to go by, and no answer here.
    /// </summary>
    public override VersionRelation Compare(string left, string right)
    {
        if (!BeginsWell(left) || !BeginsWell(right)) return VersionRelation.Unknown;
        return Order(left, right) switch { < 0 => VersionRelation.Before, > 0 => VersionRelation.After, _ => VersionRelation.Equal };
    }

    public override string? WhyInvalid(string version) => BeginsWell(version) ? null : "it does not begin with a number";

    private static bool BeginsWell(string version) => version.Length > 0 && char.IsAsciiDigit(version[0]);

    private static int Order(string left, string right)
    {
        var a = new AlpineReader(left);
        var b = new AlpineReader(right);
        while (a.Part == b.Part && a.Part < AlpinePart.End)
        {
            var order = OfPart(a, b);
            if (order != 0) return order;
            a.Next();
            b.Next();
        }

        if (a.Part == b.Part) return 0;
        if (IsBeforeRelease(a)) return -1;
        return IsBeforeRelease(b) ? 1 : b.Part - a.Part;
    }

    private static bool IsBeforeRelease(AlpineReader reader) => reader.Part == AlpinePart.Suffix && reader.Suffix < AlpineSuffix.None;

    private static int OfPart(AlpineReader a, AlpineReader b) => a.Part switch
    {
        // A leading zero makes a decimal fraction of it, as for Gentoo.
        AlpinePart.Number when a.Value[0] == '0' || b.Value[0] == '0' => a.Value.SequenceCompareTo(b.Value),
        AlpinePart.First or AlpinePart.Number or AlpinePart.SuffixNumber or AlpinePart.Revision => Digits.Compare(a.Value, b.Value),
        AlpinePart.Suffix => a.Suffix - b.Suffix,
        _ => a.Value.SequenceCompareTo(b.Value),
    };
}
