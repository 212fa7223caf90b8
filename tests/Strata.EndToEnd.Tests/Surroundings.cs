namespace Strata.EndToEnd.Tests;

/// <summary>Where the running product is, by the environment: these tests start nothing themselves.</summary>
internal static class Surroundings
{
    /// <summary>The dashboard, <c>http://127.0.0.1:7878</c>.</summary>
    public static string? Dashboard => Get("STRATA_TEST_DASHBOARD")?.TrimEnd('/');

    /// <summary>The hub that the dashboard searches, <c>http://127.0.0.1:5000</c>.</summary>
    public static string? Hub => Get("STRATA_TEST_HUB")?.TrimEnd('/');

    /// <summary>The word to search for; an image of the hub has it as the last part of its name.</summary>
    public static string Image => Get("STRATA_TEST_IMAGE") ?? "python";

    /// <summary>Where to write the picture of the layers tab; null for nowhere.</summary>
    public static string? Screenshot => Get("STRATA_TEST_SCREENSHOT");

    /// <summary>A folder for pictures of the hub's pages; null for none.</summary>
    public static string? Pictures => Get("STRATA_TEST_PICTURES");

    /// <summary>Skips the test where there is no product to test.</summary>
    public static void Require()
    {
        Assert.SkipWhen(Dashboard is null, "STRATA_TEST_DASHBOARD is not set: there is no running dashboard to walk through");
        Assert.SkipWhen(Hub is null, "STRATA_TEST_HUB is not set: there is no hub to pull from");
        Assert.SkipUnless(File.Exists(Browser.Executable), $"{Browser.Executable} is not there: no browser to walk with");
    }

    /// <summary>Skips the test where the product cannot run containers.</summary>
    public static void RequireContainers() =>
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/usr/sbin/runc") && File.Exists("/usr/bin/conmon"), "containers need root, runc and conmon here");

    private static string? Get(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
