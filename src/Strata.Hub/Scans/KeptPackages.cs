using Strata.Packages;
using Strata.Packages.Facts;

namespace Strata.Hub;

/// <summary>The packages of an image as they are kept: merged once, so that new advisories meet them without a look at any layer.</summary>
/// <param name="Form">Of this record.</param>
/// <param name="Facts">Of the facts that it was merged from.</param>
/// <param name="Packages">What is in the image.</param>
internal sealed record KeptPackages(int Form, int Facts, ImagePackages Packages)
{
    private const int CurrentForm = 1;

    /// <summary>False for what an older program kept, which may have seen less.</summary>
    public bool IsCurrent => Form == CurrentForm && Facts == LayerCatalog.CurrentFormat;

    public static KeptPackages Of(ImagePackages packages) => new(CurrentForm, LayerCatalog.CurrentFormat, packages);
}
