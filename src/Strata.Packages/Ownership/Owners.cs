using Strata.Packages.Facts;

namespace Strata.Packages.Ownership;

/// <summary>Which files the OS packages of a root own.</summary>
internal sealed class Owners
{
    private readonly Dictionary<ulong, string> _owners = [];

    public Owners(IEnumerable<PackageDocument> documents)
    {
        foreach (var document in documents)
        {
            if (document.Owner is { } owner) Add(owner, document.Owns);
            foreach (var package in document.Packages) Add(package.Name, package.Owns);
        }
    }

    /// <summary>The name of the package that owns a file; null when none does.</summary>
    public string? Find(string path) => _owners.Count > 0 && _owners.TryGetValue(PathHash.Of(path), out var owner) ? owner : null;

    private void Add(string owner, IReadOnlyList<ulong>? files)
    {
        foreach (var file in files ?? []) _owners[file] = owner;
    }
}
