namespace Strata.Packages.Catalogers.Rpm;

/// <summary>How a value of a header is written. rpm, rpmtag.h.</summary>
internal enum RpmType
{
    None = 0,
    Int32 = 4,
    Text = 6,
    Texts = 8,

    /// <summary>The same in several languages, the plain one first.</summary>
    Translated = 9,
}
