using System.Globalization;
using System.Text;
using Strata.Vulnerabilities.Advisories;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Forms;

/// <summary>A line of the scores that FIRST publishes: <c>cve,epss,percentile</c>.</summary>
internal static class EpssLine
{
    public const string Name = "EPSS";

    private static ReadOnlySpan<byte> Heading => "cve,epss"u8;

    public static bool Fits(ReadOnlySpan<byte> line) => line.StartsWith("CVE-"u8) || line.StartsWith(Heading) || line.StartsWith("#model_version"u8);

    /// <summary>Null for the lines above the scores.</summary>
    /// <exception cref="OsvFormatException">It is no such line.</exception>
    public static CveFact? Read(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("CVE-"u8)) return null;
        var words = Encoding.UTF8.GetString(line).Trim().Split(',');
        if (words.Length < 2 || !double.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var score) || score is < 0 or > 1)
            throw new OsvFormatException("it is no line of EPSS: cve,epss,percentile");
        return new CveFact(words[0], CveFacts.Nothing with { Likelihood = score });
    }
}
