using Strata.Images;
using Strata.Packages.Formats.Attached;

namespace Strata.Cli.Commands;

/// <summary>A bill of materials that is attached to an image, or why it cannot be read.</summary>
internal sealed record AttachedDocument(Attachment Attachment, AttachedSbom? Sbom, string? Fault);
