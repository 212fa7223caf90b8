namespace Strata.Vulnerabilities.Matching;

/// <summary>Ubuntu's releases with long support, by their names.</summary>
internal static class UbuntuReleases
{
    /// <summary>Null for a name that is none.</summary>
    public static string? Number(string name) => name switch
    {
        "trusty" => "14.04",
        "xenial" => "16.04",
        "bionic" => "18.04",
        "focal" => "20.04",
        "jammy" => "22.04",
        "noble" => "24.04",
        "resolute" => "26.04",
        _ => null,
    };
}
