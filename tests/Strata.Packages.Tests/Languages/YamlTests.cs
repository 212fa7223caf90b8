using Strata.Packages.Catalogers.Yaml;

namespace Strata.Packages.Tests.Languages;

public sealed class YamlTests
{
    [Theory]
    [InlineData("a: b", "{a=b}")]
    [InlineData("a: b # c", "{a=b}")]
    [InlineData("a: 'it''s' # c", "{a=it's}")]
    [InlineData("a: \"x \\\"y\\\" #z\"", "{a=x \"y\" #z}")]
    [InlineData("\"a: b\": c", "{a: b=c}")]
    [InlineData("a:\n  b: 1\n  c: 2\nd: 3", "{a={b=1,c=2},d=3}")]
    [InlineData("a:\n- b\n- c: 1\n  d: 2\n-\n  - e", "{a=[b,{c=1,d=2},[e]]}")]
    [InlineData("- - a\n  - b\n- c", "[[a,b],c]")]
    [InlineData("a: {b: c, 'd': [e, f], g: {}}", "{a={b=c,d=[e,f],g={}}}")]
    [InlineData("a: {b: c,\n  d: e}\nf: g", "{a={b=c,d=e},f=g}")]
    [InlineData("a: [\n  b,\n  c\n]\nd: e", "{a=[b,c],d=e}")]
    [InlineData("a: |\n  b: c\n  d\ne: f", "{a=,e=f}")]
    [InlineData("a: b\n  c\nd: e", "{a=b c,d=e}")]
    [InlineData("? long\n: b\nc: d", "{long=b,c=d}")]
    [InlineData("---\n# x\n\na: ~\nb:\nc: d\n", "{a=,b=,c=d}")]
    [InlineData("a: https://example/x#y", "{a=https://example/x#y}")]
    [InlineData("a: {resolution: {tarball: https://example/x}, v: 1}", "{a={resolution={tarball=https://example/x},v=1}}")]
    [InlineData("", "")]
    public void What_lock_files_use_is_read(string text, string expected) => Shown(YamlReader.Read(text)).ShouldBe(expected);

    [Theory]
    [InlineData("a: {b: c")]
    [InlineData("a: \"b")]
    [InlineData("  a: b\nc: d")]
    [InlineData("a: b\nno key")]
    [InlineData("? a\nb: c")]
    public void What_is_no_YAML_is_said(string text) => Should.Throw<InvalidDataException>(() => YamlReader.Read(text));

    [Theory]
    [InlineData(YamlReader.Deepest, false)]
    [InlineData(YamlReader.Deepest + 1, true)]
    [InlineData(100_000, true)]
    public void It_is_not_read_deeper_than_any_lock_file_goes(int lists, bool isTooDeep)
    {
        foreach (var text in new[] { string.Concat(Enumerable.Repeat("- ", lists - 1)) + "a", new string('[', lists - 1) + "a" + new string(']', lists - 1) })
        {
            if (isTooDeep) Should.Throw<InvalidDataException>(() => YamlReader.Read(text));
            else YamlReader.Read(text).Items.Count.ShouldBe(1);
        }
    }

    private static string Shown(YamlNode node)
    {
        if (node.Members.Count > 0) return $"{{{string.Join(',', node.Members.Select(m => $"{m.Key}={Shown(m.Value)}"))}}}";
        if (node.Items.Count > 0) return $"[{string.Join(',', node.Items.Select(Shown))}]";
        return node.Text ?? (ReferenceEquals(node, YamlNode.Null) || node == YamlNode.Null ? "" : "{}");
    }
}
