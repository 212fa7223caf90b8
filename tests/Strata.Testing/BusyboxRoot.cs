using System.Formats.Tar;

namespace Strata.Testing;

/// <summary>The root file system of an image to run: Debian's busybox-static with a link for each of its tools, and some users.</summary>
public static class BusyboxRoot
{
    public static byte[] Tar()
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
        {
            void Add(TarEntryType type, string path, UnixFileMode mode, Action<PaxTarEntry>? more = null)
            {
                var entry = new PaxTarEntry(type, path) { Mode = mode, ModificationTime = DateTimeOffset.UnixEpoch };
                more?.Invoke(entry);
                writer.WriteEntry(entry);
            }
            const UnixFileMode Program = (UnixFileMode)0x1ED;
            foreach (var folder in (string[])["bin/", "etc/", "home/", "home/web/"]) Add(TarEntryType.Directory, folder, Program);
            Add(TarEntryType.Directory, "tmp/", (UnixFileMode)0x3FF);
            using var busybox = File.OpenRead(File.Exists("/bin/busybox") ? "/bin/busybox" : "/usr/bin/busybox");
            Add(TarEntryType.RegularFile, "bin/busybox", Program, e => e.DataStream = busybox);
            foreach (var applet in RealTool.Output("busybox", "--list").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(a => a != "busybox"))
                Add(TarEntryType.SymbolicLink, "bin/" + applet, Program, e => e.LinkName = "busybox");
            void Text(string path, string content) => Add(TarEntryType.RegularFile, path, (UnixFileMode)0x1A4, e => e.DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)));
            Text("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nweb:x:1000:1001:web:/home/web:/bin/sh\n");
            Text("etc/group", "root:x:0:\nweb:x:1001:\nextra:x:1002:web\nmore:x:1003:\n");
            Text("etc/motd", "hello\n");
        }
        return tar.ToArray();
    }
}
