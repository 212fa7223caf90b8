namespace Strata.Build.Steps;

/// <summary>What <c>--chmod</c> does to modes: an octal number, or clauses as <c>u=rwX,go+r</c>.</summary>
internal sealed class ModeChange
{
    private const int AllowedBits = 0xFFF;
    private readonly int? _octal;
    private readonly List<(string Who, char Operation, string What)> _clauses = [];

    private ModeChange(int? octal) => _octal = octal;

    /// <summary>Null where it is clauses, which change what there is.</summary>
    public int? Octal => _octal;

    /// <exception cref="FormatException">It is no mode.</exception>
    public static ModeChange Parse(string text)
    {
        if (text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            var isOctal = text.Length <= 6 && !text.AsSpan().ContainsAny('8', '9');
            var mode = isOctal ? Convert.ToInt32(text, 8) : -1;
            return mode is >= 0 and <= AllowedBits ? new ModeChange(mode)
                : throw new FormatException($"invalid chmod parameter: '{text}'. it should be octal string and between 0 and 07777");
        }
        var change = new ModeChange(null);
        foreach (var clause in text.Split(',')) change.Read(clause, text);
        return change;
    }

    public int Of(int mode, bool isFolder)
    {
        if (_octal is { } octal) return octal;
        foreach (var (who, operation, what) in _clauses) mode = Apply(mode, isFolder, who, operation, what);
        return mode;
    }

    private void Read(string clause, string text)
    {
        var at = clause.AsSpan().IndexOfAnyExcept("ugoa");
        if (at < 0 || clause[at] is not ('+' or '-' or '=')) throw Wrong(text);
        var who = at == 0 ? "a" : clause[..at];
        while (at < clause.Length)
        {
            var operation = clause[at++];
            if (operation is not ('+' or '-' or '=')) throw Wrong(text);
            var begin = at;
            while (at < clause.Length && "rwxXstugo".Contains(clause[at], StringComparison.Ordinal)) at++;
            _clauses.Add((who, operation, clause[begin..at]));
        }
    }

    private static int Apply(int mode, bool isFolder, string who, char operation, string what)
    {
        var all = who.Contains('a', StringComparison.Ordinal);
        var (users, bits) = (0, 0);
        if (all || who.Contains('u', StringComparison.Ordinal)) users |= 0x1C0;
        if (all || who.Contains('g', StringComparison.Ordinal)) users |= 0x38;
        if (all || who.Contains('o', StringComparison.Ordinal)) users |= 0x7;
        foreach (var c in what)
        {
            bits |= c switch
            {
                'r' => 0x124 & users,
                'w' => 0x92 & users,
                'x' => 0x49 & users,
                'X' => isFolder || (mode & 0x49) != 0 ? 0x49 & users : 0,
                's' => ((users & 0x1C0) != 0 ? 0x800 : 0) | ((users & 0x38) != 0 ? 0x400 : 0),
                't' => 0x200,
                'u' => Spread(mode >> 6) & users,
                'g' => Spread(mode >> 3) & users,
                _ => Spread(mode) & users,
            };
        }
        return operation switch
        {
            '+' => mode | bits,
            '-' => mode & ~bits,
            _ => (mode & ~users) | bits,
        };
    }

    private static int Spread(int three) => (three & 7) * 0x49;

    private static FormatException Wrong(string text) => new($"invalid chmod parameter: '{text}'. it should be octal string and between 0 and 07777, or such as u=rwX,go=rX");
}
