namespace Strata.Packages.Catalogers.Debian;

/// <summary>opkg's database, which OpenWrt (below <c>usr/lib</c>) and Yocto (below <c>var/lib</c>) have: dpkg's format.</summary>
internal sealed class OpkgCataloger(DebianLimits limits) : ICataloger
{
    private const string OpenWrt = "usr/lib/opkg/status";
    private const string Yocto = "var/lib/opkg/status";

    public IReadOnlyList<string> Places { get; } = [OpenWrt, Yocto];

    public bool Wants(FileCandidate file) => file.Path is OpenWrt or Yocto;

    public DocumentReader Open(FileCandidate file) => new StatusReader(file.Path, statusIsOptional: false, limits, type: "opkg");
}
