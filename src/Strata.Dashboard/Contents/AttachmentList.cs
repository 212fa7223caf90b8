using Strata.Dashboard.Faults;
using Strata.Images;

namespace Strata.Dashboard.Contents;

/// <summary>What is attached to an image in its registry.</summary>
/// <param name="Attached">Null where nobody could be asked.</param>
/// <param name="Fault">Why the registry gave no answer; null where it did, and where there is none to ask.</param>
public sealed record AttachmentList(IReadOnlyList<Attachment>? Attached, FaultText? Fault);
