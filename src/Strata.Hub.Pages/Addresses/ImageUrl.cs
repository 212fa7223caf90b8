using Strata.Hub.Pages.Images;
using Strata.Ui.Format;

namespace Strata.Hub.Pages.Addresses;

/// <summary>Addresses of an image's views, with the platform where one was chosen.</summary>
internal static class ImageUrl
{
    /// <param name="found">The image.</param>
    /// <param name="view">Empty for the first.</param>
    public static PageUrl Of(FoundImage found, string view) => At(found.Address, found.Chosen, view);

    public static PageUrl At(PageAddress address, string? platform, string view) =>
        new PageUrl(view.Length == 0 ? address.Path : $"{address.Path}/{view}").With("platform", platform);
}
