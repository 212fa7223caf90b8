using System.Text.Json;

namespace Strata.Vulnerabilities.Decisions;

/// <summary>Reads files of decisions: OpenVEX, CSAF, CycloneDX with an analysis, and our own list of what is to be ignored.</summary>
public static class DecisionReader
{
    /// <summary>The decisions, in the order in which they hold: a later one about the same goes before an earlier one.</summary>
    /// <exception cref="InvalidDataException">The file is none of these; the message says why.</exception>
    /// <param name="path">The file.</param>
    /// <param name="fault">Hears of what could not be understood, a sentence each; the rest holds. Null for nobody.</param>
    public static IReadOnlyList<Decision> Read(string path, Action<string>? fault = null) => Read(File.ReadAllBytes(path), Path.GetFileName(path), fault);

    /// <summary>The same of what is no file.</summary>
    /// <param name="content">The document.</param>
    /// <param name="name">For people.</param>
    /// <exception cref="InvalidDataException">It is none of these; the message says why.</exception>
    /// <param name="fault">As above.</param>
    public static IReadOnlyList<Decision> Read(ReadOnlyMemory<byte> content, string name, Action<string>? fault = null)
    {
        try
        {
            using var document = JsonDocument.Parse(content, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var root = document.RootElement;
            if (CsafVex.Fits(root)) return CsafVex.Read(root, name, fault ?? (static _ => { }));
            if (OpenVex.Fits(root)) return OpenVex.Read(root, name);
            if (CycloneDxVex.Fits(root)) return CycloneDxVex.Read(root, name);
            if (IgnoreList.Fits(root)) return IgnoreList.Read(root, name);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"it is no JSON: {e.Message}", e);
        }
        catch (Osv.OsvFormatException e)
        {
            throw new InvalidDataException(e.Message, e);
        }

        throw new InvalidDataException("it is neither OpenVEX, nor CSAF, nor CycloneDX with vulnerabilities, nor a list with the member 'ignore'");
    }

    /// <summary>Whether it is one of these at all: a bill of materials without an analysis is none.</summary>
    /// <exception cref="InvalidDataException">It is no JSON.</exception>
    public static bool Fits(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return CsafVex.Fits(document.RootElement) || OpenVex.Fits(document.RootElement) || CycloneDxVex.Fits(document.RootElement) || IgnoreList.Fits(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"it is no JSON: {e.Message}", e);
        }
    }
}
