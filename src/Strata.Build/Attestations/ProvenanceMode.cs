namespace Strata.Build;

/// <summary>Whether it is written down how an image was built.</summary>
public enum ProvenanceMode
{
    None,

    /// <summary>Without values of arguments.</summary>
    Min,

    /// <summary>With arguments, labels, names of secrets and steps.</summary>
    Max,
}
