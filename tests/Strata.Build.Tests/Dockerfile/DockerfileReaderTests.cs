using Strata.Build.Dockerfiles;

namespace Strata.Build.Tests.Dockerfile;

public sealed class DockerfileReaderTests
{
    [Theory]
    [InlineData("FROM a", "FROM[a]")]
    [InlineData("from a as B", "from[a|as|B]")]
    [InlineData("\uFEFF  FROM a  ", "FROM[a]")]
    [InlineData("FROM a\r\nRUN b\r\n", "FROM[a] RUN[b]")]
    [InlineData("RUN a \\\n  b", "RUN[a   b]")]
    [InlineData("RUN a \\  \n\n# comment\n  b \\\n# at the end", "RUN[a   b]")]
    [InlineData("RUN a\\\\\nRUN b", "RUN[a\\\\] RUN[b]")]
    [InlineData("# escape=`\nRUN a `\n b\\\nRUN c", "RUN[a  b\\] RUN[c]")]
    [InlineData("#a\n# escape=`\nRUN a \\\nb", "RUN[a b]")]
    [InlineData("RUN [\"a\", \"b c\"]", "RUN[a|b c]json")]
    [InlineData("RUN ['a']", "RUN[['a']]")]
    [InlineData("RUN [\"a\",]", "RUN[[\"a\",]]")]
    [InlineData("CMD []", "CMD[]json")]
    [InlineData("COPY [\"a b\", \"c\"]", "COPY[a b|c]json")]
    [InlineData("COPY --from=x --chown=1:2 a  b c/", "COPY--from=x --chown=1:2[a|b|c/]")]
    [InlineData("COPY --chmod=\"u=rwX, go=rX\" a b", "COPY--chmod=u=rwX, go=rX[a|b]")]
    [InlineData("COPY -- --a b", "COPY[--a|b]")]
    [InlineData("ENV a=1 b=\"x y\" c=x\\ y", "ENV[a|1|=|b|\"x y\"|=|c|x\\ y|=]")]
    [InlineData("ENV a  b c=d", "ENV[a|b c=d|]")]
    [InlineData("LABEL \"a.b\"=c", "LABEL[\"a.b\"|c|=]")]
    [InlineData("ARG a b=1 c=\"2 3\"", "ARG[a|b=1|c=\"2 3\"]")]
    [InlineData("HEALTHCHECK --interval=5s CMD [\"x\"]", "HEALTHCHECK--interval=5s[CMD|x]json")]
    [InlineData("HEALTHCHECK CMD a b", "HEALTHCHECK[CMD|a b]")]
    [InlineData("HEALTHCHECK NONE", "HEALTHCHECK[NONE]")]
    [InlineData("ONBUILD RUN a b", "ONBUILD[RUN|a b]")]
    [InlineData("RUN <<A\nx\nA\nRUN b", "RUN[<<A]{A:x\n} RUN[b]")]
    [InlineData("RUN cat <<A <<-'B' >c\n1\nA\n\t2\n\tB", "RUN[cat <<A <<-'B' >c]{A:1\n}{B:\t2\n}")]
    [InlineData("RUN 3<<EOF cat\n# kept\n\nEOF", "RUN[3<<EOF cat]{EOF:# kept\n\n}")]
    [InlineData("COPY <<a /b <<c d\nx\na\ny\nc", "COPY[<<a|/b|<<c|d]{a:x\n}{c:y\n}")]
    [InlineData("RUN [\"<<A\"]", "RUN[<<A]json")]
    [InlineData("RUN \"<<A\"", "RUN[\"<<A\"]")]
    [InlineData("RUN echo $((1<<2))", "RUN[echo $((1<<2))]")]
    [InlineData("RUN a <<<b", "RUN[a <<<b]")]
    [InlineData("CMD <<A", "CMD[<<A]")]
    [InlineData("ONBUILD RUN <<A\nx\nA", "ONBUILD[RUN|<<A]{A:x\n}")]
    public void Lines_become_instructions(string text, string expected) => Dump(text).ShouldBe(expected);

    [Fact]
    public void Comments_above_belong_to_an_instruction_and_directives_do_not()
    {
        var written = DockerfileReader.Read(new SourceFile("Dockerfile", "# syntax=docker/dockerfile:1\n# check=skip=all\n# one\n#\n# two\nFROM a\nRUN b"));
        written.Instructions[0].Comments.ShouldBe(["two"]);
        written.Instructions[1].Comments.ShouldBeEmpty();
        written.Directives.Syntax.ShouldBe("docker/dockerfile:1");
        written.Directives.Check.ShouldBe("skip=all");
        written.Instructions.Select(i => (i.StartLine, i.EndLine)).ShouldBe([(6, 6), (7, 7)]);
    }

    [Fact]
    public void Empty_lines_within_an_instruction_are_noted() =>
        DockerfileReader.Read(new SourceFile("Dockerfile", "FROM a\nRUN b \\\n\n c\n")).EmptyContinuations.ShouldBe([4]);

    [Theory]
    [InlineData("", "file with no instructions")]
    [InlineData("# only a comment", "file with no instructions")]
    [InlineData("# escape=x\nFROM a", "Dockerfile:1: invalid escape token 'x'")]
    [InlineData("# escape=`\n# escape=\\\nFROM a", "Dockerfile:2: only one escape parser directive can be used")]
    [InlineData("FROM a\nRUN <<A\nb", "Dockerfile:2: dockerfile parse error on line 2: unterminated heredoc")]
    [InlineData("FROM a\nCMD [1]", "arrays must be comprised of strings only")]
    [InlineData("FROM a\nENV b", "ENV must have two arguments")]
    [InlineData("FROM a\nENV b=c d", "can't find = in \"d\"")]
    public void What_is_not_well_formed_is_said_with_its_line(string text, string expected) =>
        Should.Throw<DockerfileException>(() => DockerfileReader.Read(new SourceFile("Dockerfile", text))).Message.ShouldContain(expected);

    private static string Dump(string text) => string.Join(' ', DockerfileReader.Read(new SourceFile("Dockerfile", text)).Instructions.Select(i =>
        $"{i.Keyword}{string.Join(' ', i.Flags)}[{string.Join('|', i.Arguments)}]{(i.IsJson ? "json" : "")}{string.Concat(i.Heredocs.Select(h => $"{{{h.Name}:{h.Content}}}"))}"));
}
