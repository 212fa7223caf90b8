using System.Text.Json;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Csaf;

/// <summary>
/// The products of a document by their ids. CSAF 2.0, section 3.2.2: branches and full product names say what there is, relationships what is
/// part of what. A tree may name what it does not have, or go round in circles: such a product is none, and is told.
/// </summary>
internal sealed class CsafProductTree
{
    /// <summary>A package of a module of a repository of a release of a product has four; whoever nests deeper is up to something.</summary>
    private const int MostLevels = 32;

    private readonly Dictionary<string, CsafProduct> _products = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Name, string Component, string Platform)> _relationships = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _groups = new(StringComparer.Ordinal);

    /// <param name="document">The whole document; one without a tree has no products.</param>
    /// <exception cref="OsvFormatException">A part of it has a wrong type.</exception>
    public CsafProductTree(JsonElement document)
    {
        if (OsvField.Find(document, "product_tree") is not { } tree) return;
        foreach (var product in OsvField.Items(tree, "full_product_names")) Add(product);
        // The reader of JSON goes no deeper than 64 levels, so that this ends, too.
        foreach (var branch in OsvField.Items(tree, "branches")) AddBranch(branch);
        foreach (var relationship in OsvField.Items(tree, "relationships"))
        {
            if (OsvField.Find(relationship, "full_product_name") is not { } name || OsvField.Text(name, "product_id") is not { } id
                || OsvField.Text(relationship, "product_reference") is not { } component || OsvField.Text(relationship, "relates_to_product_reference") is not { } platform) continue;
            _relationships[id] = (OsvField.Text(name, "name") ?? id, component, platform);
        }
        foreach (var group in OsvField.Items(tree, "product_groups"))
            if (OsvField.Text(group, "group_id") is { } id) _groups[id] = OsvField.Texts(group, "product_ids") ?? [];
    }

    /// <summary>The product; null where the tree has none of that id, or it is part of itself, or of more than 32 others.</summary>
    public CsafProduct? Find(string id) => Find(id, []);

    /// <summary>The products that an element is about, those of its groups among them; null where it says nothing, and is about all.</summary>
    public IReadOnlySet<string>? Meant(JsonElement element)
    {
        var (ids, groups) = (OsvField.Texts(element, "product_ids"), OsvField.Texts(element, "group_ids"));
        return ids is null && groups is null ? null : new HashSet<string>([.. ids ?? [], .. (groups ?? []).SelectMany(g => _groups.GetValueOrDefault(g) ?? [])], StringComparer.Ordinal);
    }

    private CsafProduct? Find(string id, HashSet<string> above)
    {
        if (_products.TryGetValue(id, out var known)) return known;
        if (!_relationships.TryGetValue(id, out var relationship) || above.Count >= MostLevels || !above.Add(id)) return null;
        if (Find(relationship.Component, above) is not { } component || Find(relationship.Platform, above) is not { } platform) return null;
        above.Remove(id);
        // A component of a component of a product: what is innermost has the package URL, what is outermost the release.
        return _products[id] = new CsafProduct(
            id, component.Name, component.Purls.Count > 0 ? component.Purls : platform.Purls, component.Platform ?? platform.Platform, component.Cpe ?? platform.Cpe,
            component.IsModular || platform.IsModular);
    }

    private void AddBranch(JsonElement branch)
    {
        if (OsvField.Find(branch, "product") is { } product) Add(product);
        foreach (var below in OsvField.Items(branch, "branches")) AddBranch(below);
    }

    private void Add(JsonElement product)
    {
        if (OsvField.Text(product, "product_id") is not { Length: > 0 } id) return;
        var helper = OsvField.Find(product, "product_identification_helper");
        var purl = helper is { } h ? OsvField.Text(h, "purl") : null;
        var cpe = helper is { } c ? OsvField.Text(c, "cpe") : null;
        var name = OsvField.Text(product, "name") ?? id;
        // Version 2.1 has a list of them; and some write the package URL as the name.
        string[] purls = [.. new[] { purl, name.StartsWith("pkg:", StringComparison.Ordinal) ? name : null }.OfType<string>(), .. helper is { } several ? OsvField.Texts(several, "purls") ?? [] : []];
        var isModular = Array.Exists(purls, p => p.StartsWith("pkg:rpmmod/", StringComparison.Ordinal));
        _products[id] = new CsafProduct(id, name, [.. purls.Distinct(StringComparer.Ordinal)], CsafPlatform.Of(cpe), cpe, isModular);
    }
}
