namespace Strata.Hub;

/// <summary>The answer of <c>GET /api/v1/namespaces/NAME/usage</c> and of <c>PUT /api/v1/namespaces/NAME/quota</c>: bytes. No limit where there is none.</summary>
internal sealed record UsageAnswer(string Name, long Used, long? Limit, IReadOnlyList<RepositoryBytes> Repositories);

internal sealed record RepositoryBytes(string Name, long Bytes);
