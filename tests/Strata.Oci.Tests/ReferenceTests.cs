namespace Strata.Oci.Tests;

public sealed class ReferenceTests
{
    private const string Hash = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    [InlineData("python", "docker.io/library/python:latest", "python:latest")]
    [InlineData("python:3.11", "docker.io/library/python:3.11", "python:3.11")]
    [InlineData("me/app", "docker.io/me/app:latest", "me/app:latest")]
    [InlineData("library/python", "docker.io/library/python:latest", "python:latest")]
    [InlineData("library/a/b", "docker.io/library/a/b:latest", "library/a/b:latest")]
    [InlineData("docker.io/python", "docker.io/library/python:latest", "python:latest")]
    [InlineData("index.docker.io/python", "docker.io/library/python:latest", "python:latest")]
    // Found by fuzzing: its short form led to another registry.
    [InlineData("docker.io/a.io/b", "docker.io/a.io/b:latest", "docker.io/a.io/b:latest")]
    [InlineData("docker.io/localhost/b", "docker.io/localhost/b:latest", "docker.io/localhost/b:latest")]
    [InlineData("localhost/app", "localhost/app:latest", "localhost/app:latest")]
    [InlineData("127.0.0.1:5000/library/python:3.11", "127.0.0.1:5000/library/python:3.11", "127.0.0.1:5000/library/python:3.11")]
    [InlineData("[::1]:5000/a", "[::1]:5000/a:latest", "[::1]:5000/a:latest")]
    [InlineData("ghcr.io/a/b_c/d--e.f__g:T.a-g_1", "ghcr.io/a/b_c/d--e.f__g:T.a-g_1", "ghcr.io/a/b_c/d--e.f__g:T.a-g_1")]
    [InlineData("UPPER/app", "UPPER/app:latest", "UPPER/app:latest")]
    [InlineData("python@" + Hash, "docker.io/library/python@" + Hash, "python@" + Hash)]
    [InlineData("python:3@" + Hash, "docker.io/library/python:3@" + Hash, "python:3@" + Hash)]
    public void A_name_is_read_as_docker_reads_it(string text, string canonical, string familiar)
    {
        var reference = Reference.Parse(text);
        reference.ToString().ShouldBe(canonical);
        reference.Familiar.ShouldBe(familiar);
        Reference.Parse(reference.ToString()).ShouldBe(reference);
        Reference.Parse(reference.Familiar).ShouldBe(reference);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":tag")]
    [InlineData("Python")]
    [InlineData("python:")]
    [InlineData("python:-x")]
    [InlineData("a//b")]
    [InlineData("a/b/")]
    [InlineData("/a")]
    [InlineData("a..b")]
    [InlineData("a___b")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("../../etc/passwd")]
    [InlineData("python@sha256:12")]
    [InlineData("host:port/a")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void What_is_no_name_is_refused_with_a_reason(string text)
    {
        Reference.TryParse(text, out _, out var fault).ShouldBeFalse();
        fault.ShouldStartWith("'");
    }

    [Fact]
    public void A_tag_of_128_characters_is_the_longest()
    {
        Reference.TryParse("a:" + new string('x', 128), out _).ShouldBeTrue();
        Reference.TryParse("a:" + new string('x', 129), out _).ShouldBeFalse();
    }
}
