using System.Text;

namespace Strata.Build.Dockerfiles;

/// <summary>Cuts a text into words at blanks, but for what is added whole.</summary>
internal sealed class WordSplit
{
    private readonly List<string> _words = [];
    private readonly StringBuilder _word = new();

    public void Add(char c)
    {
        if (!char.IsWhiteSpace(c)) _word.Append(c);
        else if (_word.Length > 0) Cut();
    }

    public void Add(string text)
    {
        foreach (var c in text) Add(c);
    }

    public void AddWhole(char c) => _word.Append(c);

    public void AddWhole(string text) => _word.Append(text);

    public IReadOnlyList<string> Finish()
    {
        if (_word.Length > 0) Cut();
        return _words;
    }

    private void Cut()
    {
        _words.Add(_word.ToString());
        _word.Clear();
    }
}
