using System.Security.Cryptography;
using System.Text;

namespace Strata.Containers.Networks;

/// <summary>
/// Where what does not outlive a boot is kept for one root: network namespaces, and which container is attached to what. Below one folder
/// for the machine, so that ports and firewall rules, which are the machine's, are shared by all roots.
/// </summary>
internal sealed class RunFolder
{
    private readonly string _machine;

    public RunFolder(string root, string machine = "/run/strata")
    {
        _machine = machine;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(System.IO.Path.GetFullPath(root))))[..12];
        Path = System.IO.Path.Combine(machine, hash);
    }

    public string Path { get; }

    public string Namespaces => Below("netns");

    public string Attached => Below("attached");

    /// <summary>What netavark and its name server keep.</summary>
    public string Netavark => Below("netavark");

    /// <summary>Held while firewall rules, ports or bridges change.</summary>
    public string MachineLock => System.IO.Path.Combine(_machine, "network.lock");

    /// <summary>The containers attached in any root of this machine.</summary>
    public IEnumerable<string> AllAttached() => Directory.Exists(_machine)
        ? Directory.EnumerateDirectories(_machine).Select(d => System.IO.Path.Combine(d, "attached")).Where(Directory.Exists).SelectMany(d => Directory.EnumerateFiles(d, "*.json"))
        : [];

    public void Make()
    {
        foreach (var folder in new[] { Namespaces, Attached, Netavark }) Directory.CreateDirectory(folder);
    }

    /// <summary>Nothing is attached any more: the folders go, too.</summary>
    public void RemoveIfEmpty()
    {
        if (!Directory.Exists(Path) || Directory.EnumerateFileSystemEntries(Namespaces).Any() || Directory.EnumerateFileSystemEntries(Attached).Any()) return;
        Directory.Delete(Path, recursive: true);
    }

    private string Below(string name) => System.IO.Path.Combine(Path, name);
}
