using Strata.Packages.Catalogers.Debian;
using Strata.Packages.Distributions;

namespace Strata.Packages.Catalogers;

/// <summary>All cataloguers, asked as one.</summary>
internal sealed class CatalogerSet(params IReadOnlyList<ICataloger> catalogers)
{
    public static CatalogerSet All { get; } = new(new DebianCataloger(DebianLimits.Default), new OsReleaseCataloger());

    public IEnumerable<ICataloger> Catalogers => catalogers;

    public ICataloger? WhoWants(string path)
    {
        foreach (var cataloger in catalogers)
        {
            if (cataloger.Wants(path)) return cataloger;
        }

        return null;
    }

    /// <summary>Whether the path is a document, or a place for them, or a folder above one: what happens to it can hide documents.</summary>
    public bool Concerns(string path)
    {
        foreach (var cataloger in catalogers)
        {
            if (cataloger.Wants(path)) return true;
            foreach (var place in cataloger.Places)
            {
                if (RootPath.IsAtOrBelow(place, path)) return true;
            }
        }

        return false;
    }
}
