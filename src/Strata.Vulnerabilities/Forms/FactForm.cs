using System.Text.Json;

namespace Strata.Vulnerabilities.Forms;

/// <summary>How a publisher writes what it knows of CVEs, beside advisories.</summary>
internal abstract class FactForm
{
    /// <summary>For people.</summary>
    public abstract string Name { get; }

    public abstract bool Fits(JsonElement record);

    public abstract IEnumerable<CveFact> Read(JsonElement record);
}
