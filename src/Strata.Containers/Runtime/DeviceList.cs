using Strata.Containers.Kernel;

namespace Strata.Containers.Runtime;

/// <summary>The devices of a container: those that every one has come from the runtime itself.</summary>
internal sealed class DeviceList
{
    private const int TypeMask = 0xF000;
    private const int Character = 0x2000;
    private const int Block = 0x6000;

    private readonly List<RuntimeDevice> _nodes = [];
    private readonly List<RuntimeDeviceRule> _rules = [];

    /// <exception cref="ContainerException">Something that was named is no device.</exception>
    public DeviceList(ContainerSpec spec)
    {
        _rules.Add(new RuntimeDeviceRule(spec.Security.Privileged, null, null, null, "rwm"));
        if (spec.Security.Privileged)
        {
            foreach (var path in Directory.EnumerateFileSystemEntries("/dev", "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint }))
            {
                if (!path.StartsWith("/dev/pts", StringComparison.Ordinal) && path != "/dev/console" && TryNode(path, path) is { } node) _nodes.Add(node);
            }
        }
        foreach (var device in spec.Devices)
        {
            if (Directory.Exists(device.HostPath))
            {
                foreach (var path in Directory.EnumerateFileSystemEntries(device.HostPath))
                    if (TryNode(path, device.ContainerPath + path[device.HostPath.Length..]) is { } below) Add(below, device.Access);
                continue;
            }
            Add(TryNode(device.HostPath, device.ContainerPath)
                ?? throw new ContainerException($"error gathering device information while adding custom device \"{device.HostPath}\": {(File.Exists(device.HostPath) ? "not a device node" : "no such file or directory")}",
                    "name a device of the host, below /dev"), device.Access);
        }
    }

    public IReadOnlyList<RuntimeDevice>? Nodes => _nodes.Count == 0 ? null : _nodes;

    public IReadOnlyList<RuntimeDeviceRule> Rules => _rules;

    private void Add(RuntimeDevice node, string access)
    {
        _nodes.Add(node);
        _rules.Add(new RuntimeDeviceRule(true, node.Type, node.Major, node.Minor, access));
    }

    private static RuntimeDevice? TryNode(string hostPath, string containerPath)
    {
        if (Libc.StatX(-100, hostPath, 0, 0x7ff, out var status) != 0 || (status.Mode & TypeMask) is not (Character or Block)) return null;
        return new RuntimeDevice(containerPath, (status.Mode & TypeMask) == Block ? "b" : "c", status.DeviceMajor, status.DeviceMinor, (uint)(status.Mode & 0xFFF), status.Uid, status.Gid);
    }
}
