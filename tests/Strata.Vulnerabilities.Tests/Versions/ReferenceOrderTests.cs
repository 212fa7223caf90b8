using Strata.Vulnerabilities.Versions;

namespace Strata.Vulnerabilities.Tests.Versions;

/// <summary>Holds the orders against the implementations that define them, over tens of thousands of pairs each, where they are installed.</summary>
public sealed class ReferenceOrderTests
{
    private const int Pairs = 30_000;

    [Theory]
    [InlineData("rpm")]
    [InlineData("pypi")]
    [InlineData("gem")]
    [InlineData("npm")]
    [InlineData("maven")]
    [InlineData("composer")]
    [InlineData("go")]
    public async Task Pairs_stand_as_the_reference_puts_them(string ecosystem)
    {
        var reference = References.Of(ecosystem);
        if (reference.WhyMissing() is { } why) Assert.Skip(why);
        var pairs = VersionPairs.Of(ecosystem, Pairs);
        var theirs = await reference.CompareAsync(pairs, TestContext.Current.CancellationToken);
        var output = new StringWriter { NewLine = "\n" };
        VersionCompare.Run(ecosystem, new StringReader(string.Join('\n', pairs)), output);
        var ours = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        theirs.Length.ShouldBe(pairs.Length);
        var differences = pairs.Zip(ours, theirs).Where(p => p.Second != p.Third).Select(p => $"{p.First}: ours {p.Second}, {ecosystem}'s {p.Third}").ToArray();
        differences.Take(25).ShouldBeEmpty($"{differences.Length} of {pairs.Length}");
        // Were most of them no versions, the comparison would say little.
        ours.Count(o => o != "?").ShouldBeGreaterThan(pairs.Length / 4);
    }
}
