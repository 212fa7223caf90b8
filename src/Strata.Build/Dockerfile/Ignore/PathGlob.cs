namespace Strata.Build.Dockerfiles;

/// <summary>A pattern of paths with <c>*</c>, <c>?</c>, <c>**</c> and classes, cut into what it matches one after the other.</summary>
internal sealed class PathGlob(IReadOnlyList<PathGlob.Token> tokens)
{
    internal enum TokenType
    {
        Character,

        /// <summary>A character that a backslash stood before.</summary>
        Escaped,

        /// <summary>?</summary>
        Any,

        /// <summary>*</summary>
        Name,

        /// <summary>** before something: any number of folders, none too.</summary>
        Folders,

        /// <summary>** at the end.</summary>
        Everything,

        /// <summary>[a-z]</summary>
        Class,
    }

    internal readonly record struct Token(TokenType Type, char Character = '\0', GlobClass? Class = null)
    {
        public bool IsPlain => Type == TokenType.Character;
    }

    public static IReadOnlyList<Token> Tokens(string pattern)
    {
        var tokens = new List<Token>();
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when i + 1 < pattern.Length && pattern[i + 1] == '*':
                    i++;
                    if (i + 1 < pattern.Length && pattern[i + 1] == '/') i++;
                    tokens.Add(new Token(i + 1 == pattern.Length ? TokenType.Everything : TokenType.Folders));
                    break;
                case '*':
                    tokens.Add(new Token(TokenType.Name));
                    break;
                case '?':
                    tokens.Add(new Token(TokenType.Any));
                    break;
                case '\\' when i + 1 < pattern.Length:
                    tokens.Add(new Token(TokenType.Escaped, pattern[++i]));
                    break;
                case '[' when GlobClass.TryParse(pattern, ref i) is { } found:
                    tokens.Add(new Token(TokenType.Class, Class: found));
                    break;
                default:
                    tokens.Add(new Token(TokenType.Character, pattern[i]));
                    break;
            }
        }
        return tokens;
    }

    public bool IsMatch(string path)
    {
        // For each token, the places of the path at which what came before it can end.
        var here = new bool[path.Length + 1];
        here[0] = true;
        foreach (var token in tokens)
        {
            var next = new bool[path.Length + 1];
            var reached = false;
            for (var i = 0; i <= path.Length; i++)
            {
                reached |= here[i];
                next[i] = token.Type switch
                {
                    TokenType.Everything => reached,
                    // The part that is left out ends with a slash, or is nothing.
                    TokenType.Folders => here[i] || (i > 0 && path[i - 1] == '/' && here.AsSpan(0, i).Contains(true)),
                    TokenType.Name => here[i] || (i > 0 && next[i - 1] && path[i - 1] != '/'),
                    _ => i > 0 && here[i - 1] && IsMatch(token, path[i - 1]),
                };
            }
            here = next;
        }
        return here[path.Length];
    }

    private static bool IsMatch(Token token, char c) => token.Type switch
    {
        TokenType.Any => c != '/',
        TokenType.Class => token.Class!.Contains(c),
        _ => token.Character == c,
    };
}
