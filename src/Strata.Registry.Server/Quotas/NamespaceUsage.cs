using System.Runtime.InteropServices;

namespace Strata.Registry.Server;

/// <summary>
/// What a namespace keeps: each blob and each manifest of its repositories once, however many of them have it. What was deleted counts until
/// garbage collection has taken it.
/// </summary>
/// <param name="Name">The namespace.</param>
/// <param name="Used">Bytes.</param>
/// <param name="Limit">What it may keep; null for any number.</param>
/// <param name="Repositories">The largest ones. What several have is counted in each, so they may be more than the namespace together.</param>
public sealed record NamespaceUsage(string Name, long Used, long? Limit, IReadOnlyList<RepositoryUsage> Repositories);

/// <summary>Bytes of a repository's blobs and manifests.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RepositoryUsage(string Name, long Bytes);
