using System.Text;
using System.Xml;

namespace Strata.Packages.Catalogers.Java;

/// <summary>One archive and all archives in it, as long as the limits last.</summary>
internal sealed class JarScan(JarLimits limits, PackageList found)
{
    private long _unpacked;
    private long _entries;
    private int _archives;
    private bool _isFull;

    public void Read(string path, FileContent content) => Read(path, content, depth: 1);

    private void Read(string path, FileContent content, int depth)
    {
        var contents = new JarContents();
        try
        {
            var zip = new ZipFile(content);
            foreach (var member in zip.Members())
            {
                if (++_entries > limits.Entries) Stop(path, $"more than {limits.Entries} entries");
                if (_isFull) break;
                Look(path, zip, member, contents, depth);
            }
        }
        catch (InvalidDataException e)
        {
            found.Fault(depth == 1 ? e.Message : $"in '{path}': {e.Message}");
        }

        JarPackages.Add(JarName.Parse(path), contents, found);
    }

    private void Look(string path, ZipFile zip, ZipMember member, JarContents contents, int depth)
    {
        try
        {
            var name = member.Name.AsSpan(member.Name.LastIndexOf('/') + 1);
            if (member.Name.Equals("META-INF/MANIFEST.MF", StringComparison.OrdinalIgnoreCase)) contents.Manifest = Manifest.Parse(Text(zip, member));
            else if (name.SequenceEqual("pom.properties")) contents.Add(Folder(member), MavenProperties.Parse(Text(zip, member)));
            else if (name.SequenceEqual("pom.xml") && member.Name.StartsWith("META-INF/maven/", StringComparison.Ordinal)) contents.AddFallback(Folder(member), Pom.Parse(Text(zip, member)));
            else if (JarCataloger.IsArchive(name)) ReadNested($"{path}/{member.Name}", zip, member, depth + 1);
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or EndOfStreamException)
        {
            found.Fault($"'{member.Name}' in '{path}': {e.Message}");
        }
    }

    private void ReadNested(string path, ZipFile zip, ZipMember member, int depth)
    {
        if (depth > limits.Depth) Stop(path, $"archives in archives more than {limits.Depth} deep", isAll: false);
        else if (++_archives > limits.Archives) Stop(path, $"more than {limits.Archives} archives");
        else Unpack(path, zip, member, depth);
    }

    private void Unpack(string path, ZipFile zip, ZipMember member, int depth)
    {
        using var content = new FileContent();
        using (var stream = zip.Open(member))
        {
            var buffer = new byte[64 * 1024];
            for (int n; (n = stream.Read(buffer)) > 0;)
            {
                if ((_unpacked += n) > limits.Unpacked)
                {
                    Stop(path, $"more than {limits.Unpacked} bytes when unpacked");
                    return;
                }

                content.Append(buffer.AsSpan(0, n));
            }
        }

        Read(path, content, depth);
    }

    private string Text(ZipFile zip, ZipMember member)
    {
        using var stream = zip.Open(member);
        using var text = new MemoryStream();
        var buffer = new byte[8 * 1024];
        for (int n; (n = stream.Read(buffer)) > 0;)
        {
            if (text.Length + n > limits.Text) throw new InvalidDataException($"longer than {limits.Text} bytes");
            text.Write(buffer, 0, n);
        }

        _unpacked += text.Length;
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length).TrimStart('\uFEFF');
    }

    private static string Folder(ZipMember member) => member.Name[..Math.Max(0, member.Name.LastIndexOf('/'))];

    private void Stop(string path, string reason, bool isAll = true)
    {
        if (!_isFull) found.Fault($"{reason}, at '{path}'; the rest was not read");
        _isFull |= isAll;
    }
}
