using CsCheck;
using Strata.Packages.Facts;
using static Strata.Packages.Tests.Layers;

namespace Strata.Packages.Tests;

public sealed class AttributionPropertyTests
{
    private const string Status = "var/lib/dpkg/status";

    /// <summary>A layer: the whole database anew (package number to version number), or nothing, or its removal.</summary>
    private static readonly Gen<Dictionary<int, int>?[]> Histories =
        Gen.Select(Gen.Bool, Gen.Dictionary(Gen.Int[0, 4], Gen.Int[1, 3])[0, 5], (none, packages) => none ? null : packages).Array[0, 8];

    [Fact]
    public void The_introducing_layer_is_where_the_version_appeared_and_stayed() => Histories.Sample(
        history =>
        {
            var image = Image([.. history.Select(Layer)]);
            var states = States(history);
            var top = states.Length == 0 ? [] : states[^1];
            image.Packages.Select(p => p.Name).ShouldBe(top.Keys.Order().Select(n => $"p{n}"));
            foreach (var package in image.Packages)
            {
                var number = package.Name[1] - '0';
                var from = states.Length - 1;
                while (from > 0 && states[from - 1].TryGetValue(number, out var version) && version == top[number]) from--;
                package.IntroducedBy!.Layer.ShouldBe(from);
            }
        },
        iter: 2_000);

    [Fact]
    public void What_is_hidden_was_in_a_layer_and_is_not_at_the_top() => Histories.Sample(
        history =>
        {
            var image = Image([.. history.Select(Layer)]);
            var states = States(history);
            var top = states.Length == 0 ? [] : states[^1];
            var expected = new Dictionary<string, int>();
            for (var i = 1; i < states.Length; i++)
            {
                foreach (var (number, version) in states[i - 1])
                {
                    if (Has(states[i], number, version)) continue;
                    if (!Has(top, number, version)) expected[$"p{number} {version}"] = i;
                }
            }
            image.Hidden.ToDictionary(h => $"{h.Package.Name} {h.Package.Version}", h => h.HiddenBy.Layer).ShouldBe(expected, ignoreOrder: true);
            foreach (var hidden in image.Hidden)
            {
                var number = hidden.Package.Name[1] - '0';
                hidden.Package.IntroducedBy!.Layer.ShouldBeLessThan(hidden.HiddenBy.Layer);
                hidden.ReplacedBy.ShouldBe(states[hidden.HiddenBy.Layer].TryGetValue(number, out var now) ? $"{now}" : null);
            }
        },
        iter: 2_000);

    private static bool Has(Dictionary<int, int> state, int number, int version) => state.TryGetValue(number, out var there) && there == version;

    private static Dictionary<int, int>[] States(Dictionary<int, int>?[] history)
    {
        var states = new List<Dictionary<int, int>>();
        foreach (var layer in history) states.Add(layer ?? (states.Count == 0 ? [] : states[^1]));
        return [.. states];
    }

    private static LayerCatalog Layer(Dictionary<int, int>? packages) => packages switch
    {
        null => Catalog(),
        { Count: 0 } => Catalog(None(Gone(Status))),
        _ => Catalog(Text(Status, string.Concat(packages.Select(p => Stanza($"p{p.Key}", $"{p.Value}"))))),
    };
}
