using Strata.Images;
using Strata.Oci;
using Strata.Registry.Server;

namespace Strata.Hub.Pages.Images;

/// <summary>Lists what is attached to an image of the hub, by whichever convention.</summary>
internal sealed class AttachedDocuments(IRegistryContent registry)
{
    private const int Most = 200;

    public IReadOnlyList<Attachment> Of(FoundImage found)
    {
        var all = new List<Attachment>();
        var seen = new HashSet<Digest>();
        var repository = found.Repository.Name;
        foreach (var subject in (Digest[])[.. new[] { found.ManifestDigest, found.Top }.Distinct()])
        {
            foreach (var referrer in registry.ListReferrers(repository, subject, Most)) Add(AttachedBy.Referrer, referrer.ToString(), subject);
            foreach (var tag in Attachment.TagsOf(subject)) Add(AttachedBy.Tag, tag, subject: null);
        }
        foreach (var entry in found.Index?.Manifests.Where(m => Attachment.IsOf(m, found.ManifestDigest)) ?? []) Add(AttachedBy.Index, entry.Digest.ToString(), subject: null);
        return all;

        void Add(AttachedBy by, string reference, Digest? subject)
        {
            if (registry.FindManifest(repository, reference) is not { } manifest || !seen.Add(manifest.Digest) || all.Count >= Most) return;
            try
            {
                all.AddRange(Attachment.Read(by, manifest.Digest, manifest.MediaType, manifest.Content.Span, subject));
            }
            catch (DocumentException e)
            {
                all.Add(new Attachment { AttachedBy = by, Manifest = manifest.Digest, Fault = e.Message });
            }
        }
    }
}
