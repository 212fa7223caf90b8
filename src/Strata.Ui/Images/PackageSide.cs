namespace Strata.Ui.Images;

/// <summary>Whose packages: those that came with the base, or those that were added to it.</summary>
public enum PackageSide
{
    Base,
    Yours,
}
