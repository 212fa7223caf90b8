namespace Strata.Hub.Pages;

/// <summary>On an end-point: it is a page, and no document of the registry.</summary>
internal sealed class PageMark;
