using System.Text;

namespace Strata.Fuzzing;

/// <summary>Makes inputs of those of a corpus: bits flipped, bytes set, pieces cut out, doubled, spliced in from another, words of the formats put in.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> corpus, Random random)
{
    private const int MaxLength = 16 * 1024;

    private static readonly byte[][] Words =
    [
        .. ((string[])["\"", "{}", "[]", "null", "-1", "9223372036854775808", "1e999", "\\ud800", "sha256:", "sha512:", "@", ":", "/", "..", "//", "\n\n", "\n ", "\0",
            "ustar", "././@LongLink", "30 mtime=1.5\n", "path=", "size=", "GNU.sparse.map", ".wh.", ".wh..wh..opq", "77777777777", "é", "\u202e", "Package: ",
            "Status: install ok installed\n", "\"events\"", "\"introduced\"", "\"layers\"", "\"digest\"", "\"size\"", "\"annotations\""]).Select(Encoding.UTF8.GetBytes),
        [0x80, 0xff], [0xff, 0xff, 0xff, 0xff],
    ];

    public byte[] Next()
    {
        var input = corpus[random.Next(corpus.Count)].ToList();
        for (var i = random.Next(1, 8); i > 0; i--) Change(input);
        return [.. input.Take(MaxLength)];
    }

    private void Change(List<byte> input)
    {
        var at = random.Next(input.Count + 1);
        var length = Math.Min(random.Next(1, 64), input.Count - at);
        switch (random.Next(7))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)random.Next(256);
                break;
            case 2:
                input.RemoveRange(at, length);
                break;
            case 3:
                input.InsertRange(at, input.GetRange(at, length));
                break;
            case 4:
                var other = corpus[random.Next(corpus.Count)];
                input.InsertRange(at, other.Skip(random.Next(other.Length + 1)).Take(random.Next(1, 600)));
                break;
            case 5 when length > 0:
                input.RemoveRange(at, input.Count - at);
                break;
            default:
                input.InsertRange(at, Words[random.Next(Words.Length)]);
                break;
        }
    }
}
