using Strata.Vulnerabilities.Versions.Semantic;

namespace Strata.Vulnerabilities.Versions.Go;

/// <summary>A version of a Go module, or of Go itself.</summary>
internal readonly record struct GoVersion(SemanticVersion Semantic, GoToolchain? Toolchain);
