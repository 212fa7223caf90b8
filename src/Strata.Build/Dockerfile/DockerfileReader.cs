using System.Text;

namespace Strata.Build.Dockerfiles;

/// <summary>Reads a Dockerfile line by line: joins what is continued, leaves comments out, takes in here-documents.</summary>
internal sealed class DockerfileReader
{
    private readonly SourceFile _source;
    private readonly Directives _directives;
    private readonly LineCutter _cutter;
    private readonly List<InstructionLine> _instructions = [];
    private readonly List<int> _emptyContinuations = [];
    private List<string> _comments = [];
    private int _line;

    private DockerfileReader(SourceFile source)
    {
        _source = source;
        _directives = new Directives(source);
        _cutter = new LineCutter(source, _directives);
    }

    /// <exception cref="DockerfileException">It is not well formed.</exception>
    public static WrittenDockerfile Read(SourceFile source)
    {
        var reader = new DockerfileReader(source);
        while (reader._line < source.Lines.Count) reader.ReadOne();
        return reader._instructions.Count == 0
            ? throw new DockerfileException($"{source.Name}: file with no instructions", source.Lines.Count, "a Dockerfile begins with FROM")
            : new WrittenDockerfile(source, reader._directives, reader._instructions, reader._emptyContinuations);
    }

    private void ReadOne()
    {
        var raw = Next();
        var line = raw.TrimEnd('\r', '\n').TrimStart();
        if (line.StartsWith('#'))
        {
            NoteComment(line);
            return;
        }
        _directives.Take(line, _line);
        var start = _line;
        var isEnd = !TryContinue(ref line);
        if (isEnd && line.Length == 0) return;
        var text = isEnd ? line : Join(line);
        var instruction = _cutter.Cut(text, start, _line) with { Comments = _comments };
        _comments = [];
        _instructions.Add(MayHaveHeredocs(instruction) && text.Contains("<<", StringComparison.Ordinal) ? WithHeredocs(instruction, text) : instruction);
    }

    private void NoteComment(string line)
    {
        if (_directives.Take(line, _line)) return;
        var comment = line[1..].Trim();
        if (comment.Length == 0) _comments = [];
        else _comments.Add(comment);
    }

    private string Join(string first)
    {
        var text = new StringBuilder(first);
        var (isEnd, hasEmpty) = (false, false);
        while (!isEnd && _line < _source.Lines.Count)
        {
            var line = Next().TrimEnd('\r', '\n');
            _directives.Take(line, _line);
            if (line.AsSpan().TrimStart().StartsWith("#")) continue;
            if (string.IsNullOrWhiteSpace(line))
            {
                hasEmpty = true;
                continue;
            }
            isEnd = !TryContinue(ref line);
            text.Append(line);
        }
        if (hasEmpty) _emptyContinuations.Add(_line);
        return text.ToString();
    }

    /// <summary>An escape at the end of a line, blanks behind it or not, goes on in the next; an escaped one does not.</summary>
    private bool TryContinue(ref string line)
    {
        var text = line.AsSpan().TrimEnd(" \t");
        if (!text.EndsWith([_directives.Escape]) || text[..^1].EndsWith([_directives.Escape])) return false;
        line = text[..^1].ToString();
        return true;
    }

    private static bool MayHaveHeredocs(InstructionLine line)
    {
        var meant = line.Name == "ONBUILD" && line.Inner is not null ? line.Inner : line;
        return meant.Name is "ADD" or "COPY" or "RUN" && !meant.IsJson;
    }

    private InstructionLine WithHeredocs(InstructionLine instruction, string text)
    {
        var begun = Heredoc.Of(text);
        var whole = begun.Select(h => h with { Content = Content(h, instruction) }).ToArray();
        return instruction with
        {
            Heredocs = whole,
            EndLine = _line,
            Inner = instruction.Inner is { } inner ? inner with { Heredocs = whole, EndLine = _line } : null,
        };
    }

    private string Content(Heredoc heredoc, InstructionLine instruction)
    {
        var content = new StringBuilder();
        while (_line < _source.Lines.Count)
        {
            var raw = Next();
            var line = raw.TrimEnd('\r', '\n');
            if ((heredoc.Chomps ? line.TrimStart('\t') : line) == heredoc.Name) return content.ToString();
            content.Append(raw);
        }
        throw instruction.SyntaxFault("unterminated heredoc", "<<", $"it ends with a line that says {heredoc.Name} and nothing else");
    }

    private string Next()
    {
        var line = _source.Lines[_line++];
        return line.Length <= SourceFile.MaxLine ? line
            : throw new DockerfileException($"{_source.Name}:{_line}: dockerfile line greater than max allowed size of {SourceFile.MaxLine}", _line);
    }
}
