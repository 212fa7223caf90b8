using Strata.Layers;

namespace Strata.Cli.Rendering;

/// <summary>Type and permissions as ls(1) writes them: <c>-rwsr-xr-x</c>.</summary>
internal static class Modes
{
    public static string Text(LayerEntry entry)
    {
        Span<char> text = stackalloc char[10];
        text[0] = entry.Type switch
        {
            EntryType.Directory => 'd',
            EntryType.Symlink => 'l',
            EntryType.CharacterDevice => 'c',
            EntryType.BlockDevice => 'b',
            EntryType.Fifo => 'p',
            _ => '-',
        };
        for (var i = 0; i < 9; i++) text[1 + i] = (entry.Mode & (0x100 >> i)) == 0 ? '-' : "rwx"[i % 3];
        Special(text, entry.Mode, 0x800, 3, 's');
        Special(text, entry.Mode, 0x400, 6, 's');
        Special(text, entry.Mode, 0x200, 9, 't');
        return text.ToString();
    }

    private static void Special(Span<char> text, int mode, int bit, int at, char letter)
    {
        if ((mode & bit) != 0) text[at] = text[at] == 'x' ? letter : char.ToUpperInvariant(letter);
    }
}
