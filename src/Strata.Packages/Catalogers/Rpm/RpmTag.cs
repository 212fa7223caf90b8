namespace Strata.Packages.Catalogers.Rpm;

/// <summary>Numbers of what a header may say. rpm, rpmtag.h.</summary>
internal enum RpmTag
{
    None = 0,
    Name = 1000,
    Version = 1001,
    Release = 1002,
    Epoch = 1003,
    License = 1014,
    Architecture = 1022,

    /// <summary>Whole paths, in headers of packages from before rpm 4.</summary>
    OldFileNames = 1027,
    SourceRpm = 1044,
    DirectoryIndexes = 1116,
    BaseNames = 1117,
    DirectoryNames = 1118,
    ModularityLabel = 5096,
}
