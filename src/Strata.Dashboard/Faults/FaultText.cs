using Strata.Containers;
using Strata.Content;
using Strata.Images;
using Strata.Layers;
using Strata.Oci;
using Strata.Registry.Client;
using Strata.Vulnerabilities.Advisories;

namespace Strata.Dashboard.Faults;

/// <summary>A failure as a person sees it: what failed and why, and what to do next. Never a stack trace.</summary>
/// <param name="Advice">One line; null where there is nothing to do.</param>
/// <param name="Unexpected">True for what no room has words for: worth a line in the log.</param>
public sealed record FaultText(string Message, string? Advice, bool Unexpected)
{
    private const string StoreAdvice = "Check the disk, and who owns the folder of the store.";

    public static FaultText Of(Exception exception) => exception switch
    {
        ImageException e => new(e.Message, e.Advice, Unexpected: false),
        ContainerException e => new(e.Message, e.Advice, Unexpected: false),
        RegistryException e => new(e.Message, e.Advice, Unexpected: false),
        AdvisoryDatabaseException e => new(e.Message, "Bring the data again: strata advisories update --from FOLDER-FILE-OR-URL", Unexpected: false),
        DocumentException e => new(e.Message, StoreAdvice, Unexpected: false),
        ContentMissingException or ContentMismatchException or StoreException or LayerException => new(exception.Message, StoreAdvice, Unexpected: false),
        IOException or UnauthorizedAccessException => new(exception.Message, StoreAdvice, Unexpected: false),
        FormatException e => new(e.Message, null, Unexpected: false),
        _ => new("Something went wrong that Strata has no words for.", "The log of the dashboard has the details.", Unexpected: true),
    };
}
