using Strata.Packages.Comparing;

namespace Strata.Packages.Tests.Comparing;

public sealed class PackageComparisonTests
{
    [Fact]
    public void What_came_went_and_changed_is_told_by_type_and_name() => Changes(
        [Of("npm", "b", "1"), Of("deb", "x", "1"), Of("deb", "same", "1")],
        [Of("deb", "x", "2"), Of("deb", "same", "1"), Of("deb", "new", "3")])
        .ShouldBe(["deb new: - to 3", "deb x: 1 to 2", "npm b: 1 to -"]);

    [Fact]
    public void One_name_of_two_types_is_two_packages() =>
        Changes([Of("deb", "requests", "1")], [Of("pypi", "requests", "1")]).ShouldBe(["deb requests: 1 to -", "pypi requests: - to 1"]);

    [Fact]
    public void A_name_of_Python_is_the_same_however_it_is_written() =>
        Changes([Of("pypi", "Foo_Bar", "1")], [Of("pypi", "foo-bar", "2")]).ShouldBe(["pypi foo-bar: 1 to 2"]);

    [Fact]
    public void In_several_places_each_place_is_a_change_of_its_own() => Changes(
        [Of("npm", "lodash", "1", "a"), Of("npm", "lodash", "3", "b"), Of("npm", "lodash", "5", "c")],
        [Of("npm", "lodash", "4", "b"), Of("npm", "lodash", "2", "a"), Of("npm", "lodash", "5", "d")])
        .ShouldBe(["npm lodash: 1 to 2", "npm lodash: 3 to 4"]);

    [Fact]
    public void A_version_more_or_less_is_no_change_of_the_others()
    {
        Changes([Of("npm", "x", "1", "a")], [Of("npm", "x", "1", "a"), Of("npm", "x", "2", "b")]).ShouldBe(["npm x: - to 2"]);
        Changes([Of("npm", "x", "1", "a"), Of("npm", "x", "2", "b")], [Of("npm", "x", "2", "b")]).ShouldBe(["npm x: 1 to -"]);
    }

    [Fact]
    public void Architectures_are_compared_with_themselves() => Changes(
        [Of("deb", "libc6", "1") with { Architecture = "amd64" }, Of("deb", "libc6", "1") with { Architecture = "i386" }],
        [Of("deb", "libc6", "1") with { Architecture = "i386" }, Of("deb", "libc6", "2") with { Architecture = "amd64" }])
        .ShouldBe(["deb libc6: 1 to 2"]);

    [Fact]
    public void A_change_has_the_layers_of_both_sides()
    {
        var change = PackageComparison.Between(Image(Of("deb", "x", "1")), Image(Of("deb", "x", "2"))).ShouldHaveSingleItem();
        (change.Before!.Version, change.After!.Version).ShouldBe(("1", "2"));
    }

    private static string[] Changes(Package[] before, Package[] after) =>
        [.. PackageComparison.Between(Image(before), Image(after)).Select(c => $"{c.Type} {c.Name}: {c.Before?.Version ?? "-"} to {c.After?.Version ?? "-"}")];

    private static ImagePackages Image(params Package[] packages) => new() { Packages = packages };

    private static Package Of(string type, string name, string version, string location = "") =>
        new() { Type = type, Name = name, Version = version, Purl = $"pkg:{type}/{name}@{version}", Location = location };
}
