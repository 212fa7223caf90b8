using System.Text.Json;
using Strata.Vulnerabilities.Csaf;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Decisions;

/// <summary>CSAF 2.0, profile 5: which products a vulnerability affects, and why not. Products are packages by their package URLs, else by name and version.</summary>
internal static class CsafVex
{
    /// <summary>Those that do not count go first: where a document says both, the later one holds.</summary>
    private static readonly (string Name, bool Suppresses, string Words)[] Statuses =
    [
        ("first_fixed", true, "fixed"),
        ("recommended", true, "fixed"),
        ("fixed", true, "fixed"),
        ("known_not_affected", true, "not affected"),
        ("under_investigation", false, "under investigation"),
        ("first_affected", false, "affected"),
        ("last_affected", false, "affected"),
        ("known_affected", false, "affected"),
    ];

    public static bool Fits(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("document", out var document) && document.ValueKind == JsonValueKind.Object && document.TryGetProperty("csaf_version", out _);

    /// <param name="root">The document.</param>
    /// <param name="source">For people.</param>
    /// <param name="fault">Hears what could not be understood, in a sentence.</param>
    public static IReadOnlyList<Decision> Read(JsonElement root, string source, Action<string> fault)
    {
        var version = OsvField.Text(root.GetProperty("document"), "csaf_version");
        if (version is not ("2.0" or "2.1")) throw new OsvFormatException($"it is CSAF {version}; 2.0 and 2.1 are known");
        var tree = new CsafProductTree(root);
        var (decisions, unknown, nameless) = (new List<Decision>(), new SortedSet<string>(StringComparer.Ordinal), 0);
        foreach (var vulnerability in OsvField.Items(root, "vulnerabilities"))
        {
            string[] names = [.. Names(vulnerability).Distinct(StringComparer.Ordinal)];
            if (names.Length == 0) nameless++;
            else decisions.AddRange(Of(vulnerability, names, tree, source, unknown));
        }
        if (nameless > 0) fault($"{Count(nameless, "vulnerability has", "vulnerabilities have")} neither a CVE nor another id, and nothing is decided about {(nameless == 1 ? "it" : "them")}");
        if (unknown.Count > 0)
            fault($"{Count(unknown.Count, "product is", "products are")} not in its product tree, or without an end part of {(unknown.Count == 1 ? "itself" : "themselves")}: {string.Join(", ", unknown.Take(3))}{(unknown.Count > 3 ? ", …" : "")}");
        return decisions;
    }

    private static string Count(int count, string one, string many) => count == 1 ? $"one {one}" : $"{count} {many}";

    private static IEnumerable<string> Names(JsonElement vulnerability)
    {
        if (OsvField.Text(vulnerability, "cve") is { Length: > 0 } cve) yield return cve;
        foreach (var id in OsvField.Items(vulnerability, "ids"))
            if (OsvField.Text(id, "text") is { Length: > 0 } text) yield return text;
    }

    private static IEnumerable<Decision> Of(JsonElement vulnerability, string[] names, CsafProductTree tree, string source, SortedSet<string> unknown)
    {
        if (OsvField.Find(vulnerability, "product_status") is not { } status) yield break;
        foreach (var (name, suppresses, words) in Statuses)
        {
            var said = new List<(CsafProduct Product, string Reason)>();
            foreach (var id in OsvField.Texts(status, name) ?? [])
            {
                if (tree.Find(id) is { } product) said.Add((product, Reason(vulnerability, tree, id, suppresses, words)));
                else unknown.Add(id);
            }
            foreach (var alike in said.GroupBy(s => (s.Reason, s.Product.Platform)))
            {
                var products = alike.Select(a => a.Product).ToArray();
                yield return new Decision
                {
                    Vulnerabilities = names,
                    Packages = [.. products.SelectMany(p => p.Purls).Distinct(StringComparer.Ordinal)],
                    Names = [.. products.Where(p => p.Purls.Count == 0).Select(p => p.Name).Distinct(StringComparer.Ordinal)],
                    Platform = alike.Key.Platform,
                    Suppresses = suppresses,
                    Reason = alike.Key.Reason,
                    Source = source,
                };
            }
        }
    }

    /// <summary>The justification is a flag, what it means in practice a threat of the category impact.</summary>
    private static string Reason(JsonElement vulnerability, CsafProductTree tree, string id, bool suppresses, string words)
    {
        if (!suppresses) return words;
        var flag = Said(vulnerability, "flags", tree, id).Select(f => OsvField.Text(f, "label")).OfType<string>().FirstOrDefault();
        var impact = Said(vulnerability, "threats", tree, id).Where(t => OsvField.Text(t, "category") == "impact").Select(t => OsvField.Text(t, "details")).OfType<string>().FirstOrDefault();
        var reason = flag is null ? words : $"{words}: {flag.Replace('_', ' ')}";
        return impact is null ? reason : $"{reason} ({impact})";
    }

    private static IEnumerable<JsonElement> Said(JsonElement vulnerability, string member, CsafProductTree tree, string id) =>
        OsvField.Items(vulnerability, member).Where(e => tree.Meant(e)?.Contains(id) != false);
}
