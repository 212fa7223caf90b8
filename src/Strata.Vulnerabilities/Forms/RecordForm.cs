using System.Text.Json;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Forms;

/// <summary>How a publisher writes advisories; they are kept in OSV's form.</summary>
internal abstract class RecordForm
{
    /// <summary>For people.</summary>
    public abstract string Name { get; }

    public abstract bool Fits(JsonElement record);

    /// <summary>At least one.</summary>
    /// <param name="date">The file's, for publishers that date no record.</param>
    /// <exception cref="OsvFormatException">The record is not as its publisher writes them; the message says why.</exception>
    public abstract IEnumerable<OsvRecord> Read(JsonElement record, DateTimeOffset date);

    /// <summary>Whether it is an object that has all of these.</summary>
    protected static bool Has(JsonElement record, params ReadOnlySpan<string> names)
    {
        if (record.ValueKind != JsonValueKind.Object) return false;
        foreach (var name in names)
        {
            if (!record.TryGetProperty(name, out _)) return false;
        }

        return true;
    }

    protected static string Required(JsonElement record, string name) => OsvField.Text(record, name) is { Length: > 0 } text
        ? text
        : throw new OsvFormatException($"it has no {name}");

    protected static OsvAffected Affected(string ecosystem, string name, IReadOnlyList<OsvRange> ranges, string? word = null) =>
        new(ecosystem, name, new OsvVersions { Ranges = ranges, Word = word });

    /// <summary>From the beginning to before a version; without one, all.</summary>
    protected static IReadOnlyList<OsvRange> Before(string? version) =>
    [
        new OsvRange(version is null
            ? [new OsvEvent(OsvEventKind.Introduced, "0")]
            : [new OsvEvent(OsvEventKind.Introduced, "0"), new OsvEvent(OsvEventKind.Fixed, version)]),
    ];

    protected static string[] Web(params ReadOnlySpan<string?> addresses)
    {
        var found = new List<string>();
        foreach (var address in addresses)
        {
            if (address is not null && Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)) found.Add(address);
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }
}
