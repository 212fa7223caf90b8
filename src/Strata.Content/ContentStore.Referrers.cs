using Strata.Oci;

namespace Strata.Content;

public sealed partial class ContentStore
{
    private string ReferrerFolder => Path.Combine(Root, "referrers");

    /// <summary>
    /// Notes that a manifest of the store is about another one, as OCI 1.1 has it: it stays as long as that one does. Hold a lease since it was written.
    /// </summary>
    public void AddReferrer(Digest subject, Digest manifest)
    {
        var folder = Directory.CreateDirectory(Path.Combine(ReferrerFolder, subject.Hex)).FullName;
        File.Create(Path.Combine(folder, manifest.Hex)).Dispose();
    }

    /// <summary>What is not noted is as good.</summary>
    public void RemoveReferrer(Digest subject, Digest manifest)
    {
        var folder = Path.Combine(ReferrerFolder, subject.Hex);
        if (Directory.Exists(folder)) File.Delete(Path.Combine(folder, manifest.Hex));
    }

    /// <summary>Manifests that are about another one, in the order of their digests.</summary>
    public IReadOnlyList<Digest> ReferrersOf(Digest subject)
    {
        var folder = Path.Combine(ReferrerFolder, subject.Hex);
        if (!Directory.Exists(folder)) return [];
        return [.. Directory.GetFiles(folder).Select(f => $"sha256:{Path.GetFileName(f)}").Order(StringComparer.Ordinal).Select(d => Digest.Parse(d))];
    }

    /// <summary>Forgets what was about manifests that are gone.</summary>
    public void ForgetReferrers()
    {
        if (!Directory.Exists(ReferrerFolder)) return;
        foreach (var folder in Directory.GetDirectories(ReferrerFolder))
            if (Digest.TryParse($"sha256:{Path.GetFileName(folder)}", null, out var subject) && !Contains(subject)) Directory.Delete(folder, recursive: true);
    }
}
