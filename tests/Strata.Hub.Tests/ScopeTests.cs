using CsCheck;

namespace Strata.Hub.Tests;

public sealed class ScopeTests
{
    [Theory]
    [InlineData("repository:me/app:pull", "repository:me/app:pull")]
    [InlineData("repository:me/app:pull,push,pull", "repository:me/app:pull,push")]
    [InlineData("repository(plugin):me/app:*", "repository:me/app:*")]
    [InlineData("repository:host:5000/me/app:pull", "repository:host:5000/me/app:pull")]
    [InlineData("registry:catalog:*", "registry:catalog:*")]
    public void A_scope_is_a_type_a_name_and_actions(string text, string expected)
    {
        ResourceScope.TryParse(text, out var scope).ShouldBeTrue();
        scope.ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("repository")]
    [InlineData("repository:me/app")]
    [InlineData("repository:me/app:")]
    [InlineData("repository::pull")]
    [InlineData(":me/app:pull")]
    [InlineData("repository:me/app:pull,")]
    [InlineData("repository:me/app:PULL")]
    [InlineData("repository:me/app:pull push")]
    [InlineData("(x):me/app:pull")]
    [InlineData("Repository:me/app:pull")]
    public void What_is_no_scope_is_none(string text) => ResourceScope.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void What_was_written_is_read_again()
    {
        var word = Gen.Char['a', 'z'].Array[1, 8].Select(c => new string(c));
        var name = Gen.Select(word.Array[1, 4], Gen.OneOf(Gen.Const(""), Gen.Const("host:5000/"))).Select((parts, host) => host + string.Join('/', parts));
        Gen.Select(word, name, Gen.OneOf(word, Gen.Const("*")).Array[1, 5]).Sample((type, resource, actions) =>
        {
            var expected = new ResourceScope(type, resource, [.. actions.Distinct(StringComparer.Ordinal)]);
            ResourceScope.TryParse($"{type}:{resource}:{string.Join(',', actions)}", out var scope).ShouldBeTrue();
            scope.ToString().ShouldBe(expected.ToString());
        });
    }

    [Fact]
    public void No_text_is_a_fault_and_what_is_read_is_written_the_same_way() =>
        Gen.OneOf(Gen.String, Gen.String["repository:ab/(),* "]).Sample(text =>
        {
            foreach (var scope in ResourceScope.ParseAll([text, null]))
            {
                ResourceScope.TryParse(scope.ToString(), out var again).ShouldBeTrue();
                again.ToString().ShouldBe(scope.ToString());
            }
        });
}
