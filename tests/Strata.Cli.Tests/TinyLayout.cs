namespace Strata.Cli.Tests;

/// <summary>An OCI image layout with one image, `tiny`: Debian's records of two packages in one layer.</summary>
internal static class TinyLayout
{
    public const string OsRelease = "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n";

    private const string Status = """
        Package: acl
        Status: install ok installed
        Architecture: amd64
        Version: 2.3.1-3

        Package: apt
        Status: install ok installed
        Architecture: amd64
        Version: 2.6.0

        Package: gone
        Status: deinstall ok config-files
        Architecture: all
        Version: 1

        """;

    public static void Write(string folder) =>
        LayeredLayout.Write(folder, "tiny", [("/bin/sh -c apt-get install acl apt", [("usr/lib/os-release", OsRelease), ("var/lib/dpkg/status", Status)])]);
}
