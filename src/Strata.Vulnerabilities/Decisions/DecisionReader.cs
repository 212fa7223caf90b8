using System.Text.Json;

namespace Strata.Vulnerabilities.Decisions;

/// <summary>Reads files of decisions: OpenVEX, CycloneDX with an analysis, and our own list of what is to be ignored.</summary>
public static class DecisionReader
{
    /// <summary>The decisions, in the order in which they hold: a later one about the same goes before an earlier one.</summary>
    /// <exception cref="InvalidDataException">The file is none of these; the message says why.</exception>
    public static IReadOnlyList<Decision> Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var root = document.RootElement;
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

        throw new InvalidDataException("it is neither OpenVEX, nor CycloneDX with vulnerabilities, nor a list with the member 'ignore'");
    }
}
