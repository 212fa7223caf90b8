using Strata.Oci;

namespace Strata.Content;

public sealed partial class ContentStore
{
    private string PinFolder => Path.Combine(Root, "pins");

    /// <summary>Keeps content that something uses, whether an image still has a name for it or not. Whoever pins holds a lease since it found the content.</summary>
    /// <param name="holder">Names the pin: letters, digits, hyphens.</param>
    public void Pin(string holder, ContentPin pin)
    {
        Directory.CreateDirectory(PinFolder);
        var file = Path.Combine(PinFolder, holder);
        File.WriteAllLines(file + ".new", [pin.ShownAs, pin.Manifest.ToString(), .. pin.Layers.Select(l => l.ToString())]);
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>What is not pinned is as good.</summary>
    public void Unpin(string holder)
    {
        if (Directory.Exists(PinFolder)) File.Delete(Path.Combine(PinFolder, holder));
    }

    public IReadOnlyList<ContentPin> Pins()
    {
        if (!Directory.Exists(PinFolder)) return [];
        var pins = new List<ContentPin>();
        foreach (var file in Directory.EnumerateFiles(PinFolder).Where(f => !f.EndsWith(".new", StringComparison.Ordinal)))
        {
            try
            {
                var lines = File.ReadAllLines(file);
                if (lines.Length > 1) pins.Add(new ContentPin(lines[0], Digest.Parse(lines[1]), [.. lines.Skip(2).Select(l => Digest.Parse(l))]));
            }
            catch (FileNotFoundException)
            {
                // Given up just now.
            }
        }
        return pins;
    }
}

/// <summary>Content that something uses.</summary>
/// <param name="ShownAs">Who, as a person is told.</param>
/// <param name="Manifest">Of the image; its config and its layers stay, too.</param>
/// <param name="Layers">DiffIDs whose unpacked trees are mounted.</param>
public sealed record ContentPin(string ShownAs, Digest Manifest, IReadOnlyList<Digest> Layers);
