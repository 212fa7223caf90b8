using Strata.Build.Dockerfiles;

namespace Strata.Build.Tests.Dockerfile;

public sealed class IgnoreTests
{
    [Theory]
    [InlineData("**", "file", true)]
    [InlineData("**", "dir/file", true)]
    [InlineData("**/", "dir/file", true)]
    [InlineData("**/**", "dir/file", true)]
    [InlineData("dir/**", "dir/file", true)]
    [InlineData("dir/**", "dir/sub/file", true)]
    [InlineData("dir/**", "other/file", false)]
    [InlineData("**/dir2/*", "dir/dir2/file", true)]
    [InlineData("**/dir2/*", "dir/dir2/dir2/file", true)]
    [InlineData("**/dir2", "dir2", true)]
    [InlineData("**/dir2", "a/b/dir2", true)]
    [InlineData("**/dir2", "a/b/xdir2", false)]
    [InlineData("**file", "dir/afile", true)]
    [InlineData("**/file", "afile", false)]
    [InlineData("**/*.txt", "file.txt", true)]
    [InlineData("**/*.txt", "a/b/file.txt", true)]
    [InlineData("*.txt", "a/file.txt", false)]
    [InlineData("a**/*.txt", "a/file.txt", true)]
    [InlineData("a**/*.txt", "a/dir/file.txt", true)]
    [InlineData("a/*/*.txt", "a/dir/dir/file.txt", false)]
    [InlineData("a/b/**/c", "a/b/c", true)]
    [InlineData("a/b/**/c", "a/b/x/y/c", true)]
    [InlineData("dir", "dir/file", true)]
    [InlineData("/dir", "dir/file", true)]
    [InlineData("dir/", "dir/file", true)]
    [InlineData("./dir", "dir", true)]
    [InlineData("a/../dir", "dir", true)]
    [InlineData("?", "a", true)]
    [InlineData("?", "/", false)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("*", "a/b", true)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[^a-c]x", "bx", false)]
    [InlineData("a\\*b", "a*b", true)]
    [InlineData("a\\*b", "axb", false)]
    [InlineData("a.b", "axb", false)]
    [InlineData("a+b(c)", "a+b(c)", true)]
    [InlineData("file\n!file", "file", false)]
    [InlineData("!file\nfile", "file", true)]
    [InlineData("dir\n!dir/keep", "dir/keep", false)]
    [InlineData("dir\n!dir/keep", "dir/other", true)]
    [InlineData("dir\n!dir/keep\ndir/keep/not", "dir/keep/not", true)]
    [InlineData("dir\n!dir/keep\ndir/keep/not", "dir/keep/yes", false)]
    [InlineData("*\n!*.txt", "a.txt", false)]
    [InlineData("**\n!**/*.txt", "dir/a.txt", false)]
    [InlineData("**\n!dir", "dir/a", false)]
    [InlineData("# comment\n\n  spaced  ", "spaced", true)]
    [InlineData(" # no comment", "# no comment", true)]
    [InlineData("! keep\nx", "x", true)]
    [InlineData("", "a", false)]
    public void Paths_are_dropped_as_docker_drops_them(string file, string path, bool isDropped)
    {
        var matcher = IgnoreFile.Parse(".dockerignore", file);
        matcher.Drops(path).ShouldBe(isDropped);
        Walked(matcher, path).IsDropped.ShouldBe(isDropped, "folder by folder");
    }

    [Fact]
    public void The_rule_that_decided_is_known()
    {
        var matcher = IgnoreFile.Parse(".dockerignore", "*.o\n# c\n!keep.o\nkeep.o");
        matcher.Judge("keep.o", null).Pattern.ShouldNotBeNull().Line.ShouldBe(4);
        matcher.Judge("a.o", null).Pattern.ShouldNotBeNull().Written.ShouldBe("*.o");
        matcher.Judge("a.c", null).Pattern.ShouldBeNull();
    }

    [Theory]
    [InlineData("a\n!", ".dockerignore:2: illegal exclusion pattern: \"!\"")]
    [InlineData("[a", ".dockerignore:1: syntax error in pattern: [a")]
    [InlineData("a\\", ".dockerignore:1: syntax error in pattern: a\\")]
    public void What_is_no_pattern_is_said_with_its_line(string file, string expected) =>
        Should.Throw<BuildException>(() => IgnoreFile.Parse(".dockerignore", file)).Message.ShouldBe(expected);

    [Theory]
    [InlineData("a*", "abc", true)]
    [InlineData("a*", "a/b", false)]
    [InlineData("**", "a/b", false)]
    [InlineData("*/b", "a/b", true)]
    [InlineData("[xyz]", "y", true)]
    [InlineData("\\[xyz\\]", "[xyz]", true)]
    [InlineData("n\\?pe", "n?pe", true)]
    [InlineData("n\\?pe", "nope", false)]
    [InlineData("[", "[", false)]
    public void Wildcards_of_sources_stay_within_a_name(string pattern, string path, bool isMatch) => GoGlob.IsMatch(pattern, path).ShouldBe(isMatch);

    private static IgnoreMatcher.Verdict Walked(IgnoreMatcher matcher, string path)
    {
        IgnoreMatcher.Verdict? verdict = null;
        for (var at = path.IndexOf('/', StringComparison.Ordinal); at > 0; at = path.IndexOf('/', at + 1)) verdict = matcher.Judge(path[..at], verdict);
        return matcher.Judge(path, verdict);
    }
}
