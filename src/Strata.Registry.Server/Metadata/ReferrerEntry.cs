namespace Strata.Registry.Server;

/// <summary>A manifest that names a subject, with what the referrers list shows of it.</summary>
internal readonly record struct ReferrerEntry(ManifestEntry Manifest, string? ArtifactType, string? Annotations);
