using Strata.Build.Dockerfiles;

namespace Strata.Build.Tests.Dockerfile;

public sealed class WordExpanderTests
{
    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal)
    {
        ["PWD"] = "/home",
        ["KOREAN"] = "한국어",
        ["NULL"] = "",
        ["path"] = "/usr/lib/app.tar.gz",
        ["dots"] = "a.b.a.b",
        ["star"] = "a*b*c",
        ["lines"] = "a\nb",
    };

    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("he\\llo", "hello")]
    [InlineData("he\\\\llo", "he\\llo")]
    [InlineData("hello\\", "hello")]
    [InlineData("'he\\llo'", "he\\llo")]
    [InlineData("\"he\\llo\"", "he\\llo")]
    [InlineData("\"he\\\"llo\"", "he\"llo")]
    [InlineData("he'll'o", "hello")]
    [InlineData("'$PWD'", "$PWD")]
    [InlineData("\"$PWD\"", "/home")]
    [InlineData("\\$PWD", "$PWD")]
    [InlineData("a${PWD}b", "a/homeb")]
    [InlineData("$PWDx", "")]
    [InlineData("$PWD-x", "/home-x")]
    [InlineData("$", "$")]
    [InlineData("a$.b", "a$.b")]
    [InlineData("$1$?x", "x")]
    [InlineData("$KOREAN", "한국어")]
    [InlineData("안녕${KOREAN}\\$", "안녕한국어$")]
    [InlineData("${nothing:-def}", "def")]
    [InlineData("${NULL:-def}", "def")]
    [InlineData("${NULL-def}", "")]
    [InlineData("${nothing-def}", "def")]
    [InlineData("${PWD:-def}", "/home")]
    [InlineData("${nothing:-$PWD}", "/home")]
    [InlineData("${nothing:-${NULL:-${PWD}/deep}}", "/home/deep")]
    [InlineData("${nothing:-'a}b'}", "a}b")]
    [InlineData("${nothing:-a\\}b}", "a}b")]
    [InlineData("${nothing:-a b}", "a b")]
    [InlineData("${PWD:+set}", "set")]
    [InlineData("${NULL:+set}", "")]
    [InlineData("${NULL+set}", "set")]
    [InlineData("${nothing+set}", "")]
    [InlineData("${PWD?no}", "/home")]
    [InlineData("${NULL?no}", "")]
    [InlineData("${path#*/}", "usr/lib/app.tar.gz")]
    [InlineData("${path##*/}", "app.tar.gz")]
    [InlineData("${path%.*}", "/usr/lib/app.tar")]
    [InlineData("${path%%.*}", "/usr/lib/app")]
    [InlineData("${path%/*}", "/usr/lib")]
    [InlineData("${path#/usr}", "/lib/app.tar.gz")]
    [InlineData("${path#lib}", "/usr/lib/app.tar.gz")]
    [InlineData("${path%.??}", "/usr/lib/app.tar")]
    [InlineData("${dots/a/x}", "x.b.a.b")]
    [InlineData("${dots//a/x}", "x.b.x.b")]
    [InlineData("${dots//./-}", "a-b-a-b")]
    [InlineData("${dots/a*a/x}", "x.b")]
    [InlineData("${dots//?/z}", "zzzzzzz")]
    [InlineData("${dots/nothing/x}", "a.b.a.b")]
    [InlineData("${dots/b/}", "a..a.b")]
    [InlineData("${path//\\//-}", "-usr-lib-app.tar.gz")]
    [InlineData("${star//\\*/x}", "axbxc")]
    [InlineData("${star#a\\*}", "b*c")]
    [InlineData("${nothing//a/b}", "")]
    [InlineData("${lines#a*}", "\nb")]
    public void Words_expand_as_in_a_shell(string word, string expected) => new WordExpander('\\').Text(word, Variables).ShouldBe(expected);

    [Theory]
    [InlineData("${nothing?}", "nothing: is not allowed to be unset")]
    [InlineData("${nothing:?}", "nothing: is not allowed to be unset")]
    [InlineData("${NULL:?}", "NULL: is not allowed to be empty")]
    [InlineData("${nothing:?give it}", "nothing: give it")]
    [InlineData("'open", "looking for matching single-quote")]
    [InlineData("\"open", "looking for matching double-quote")]
    [InlineData("${", "missing '}'")]
    [InlineData("${PWD:-", "missing '}'")]
    [InlineData("${}", "bad substitution")]
    [InlineData("${{a}}", "bad substitution")]
    [InlineData("${:a}", "bad substitution")]
    [InlineData("${PWD:!x}", "unsupported modifier (:!)")]
    [InlineData("${PWD!x}", "unsupported modifier (!)")]
    [InlineData("${PWD", "unsupported modifier")]
    [InlineData("${dots/a}", "missing '/' in ${}")]
    [InlineData("${dots/a/b", "missing '}'")]
    [InlineData("${dots#\\q}", "invalid escape '\\q'")]
    public void What_cannot_be_expanded_is_said(string word, string expected) =>
        Should.Throw<ExpansionException>(() => new WordExpander('\\').Expand(word, Variables)).Message.ShouldContain(expected);

    [Theory]
    [InlineData("a  b", "a|b")]
    [InlineData("'a b' c", "a b|c")]
    [InlineData("a\\ b", "a b")]
    [InlineData("$PWD/x $star", "/home/x|a*b*c")]
    [InlineData("", "")]
    public void Words_are_cut_at_blanks_that_no_quote_covers(string text, string expected) =>
        string.Join('|', new WordExpander('\\').Expand(text, Variables).Words).ShouldBe(expected);

    [Fact]
    public void The_other_escape_leaves_backslashes_alone() => new WordExpander('`').Text("c:\\$PWD `$PWD", Variables).ShouldBe("c:\\/home $PWD");

    [Fact]
    public void What_was_asked_for_is_known()
    {
        var expansion = new WordExpander('\\').Expand("$PWD${typo:-x}", Variables);
        expansion.Found.ShouldBe(["PWD"]);
        expansion.Missing.ShouldBe(["typo"]);
    }
}
