using System.Buffers.Binary;
using Strata.Testing;

namespace Strata.Packages.Tests.Rpm;

/// <summary>A database that rpm made, with packages that rpmbuild made.</summary>
public sealed class RpmFixture : IDisposable
{
    private const string Folder = "var/lib/rpm";
    private const string Query = @"%{NAME}\t%|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE}\t%{ARCH}\t%{SOURCERPM}\t%{LICENSE}\t%{MODULARITYLABEL}\n";

    private readonly TemporaryFolder _folder = new();

    public RpmFixture()
    {
        if (!IsThere) return;
        Build("plain", "Version: 1.2\nRelease: 3.el9\nLicense: MIT and BSD\nBuildArch: noarch", "usr/bin/plain");
        Build("with-epoch", "Version: 1:2~rc1\nRelease: 1\nLicense: GPLv2+\nBuildArch: noarch".Replace("1:2~rc1", "2~rc1\nEpoch: 17", StringComparison.Ordinal), "usr/share/x");
        Build("epoch-zero", "Version: 2^git1\nRelease: 1\nEpoch: 0\nLicense: ASL 2.0", "usr/share/y");
        Build("module", "Version: 12\nRelease: 1.module+el8\nLicense: MIT\nModularityLabel: nodejs:12:8010020190101:abc", "usr/share/z");
        Build("kernel", "Version: 5.14.0\nRelease: 1\nLicense: GPLv2", "boot/5.img");
        Build("kernel", "Version: 5.14.0\nRelease: 2\nLicense: GPLv2", "boot/6.img");
        Build("gpg-pubkey", "Version: 1234\nRelease: 5678\nLicense: pubkey\nBuildArch: noarch", "usr/share/key");
        // So many that the header takes a chain of pages.
        Build("large", "Version: 1\nRelease: 1\nLicense: MIT", [.. Enumerable.Range(0, 2_000).Select(i => $"usr/libexec/large-{i}/bin/program-{i}")]);
        Build("built-from", "Version: 1\nRelease: 1\nLicense: MIT\n%package -n a-part\nSummary: x\nVersion: 9\n%description -n a-part\nx\n%files -n a-part", "usr/share/w");
        var packages = Directory.GetFiles(_folder.Path, "*.rpm", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        Directory.CreateDirectory(Path.Combine(SqliteRoot, Folder));
        RealTool.Output("rpm", [.. Of(SqliteRoot), "-i", "--justdb", "--nodeps", "--noscripts", "--nosignature", "--ignorearch", "--ignoreos", .. packages]);
        Expected = Answer(SqliteRoot);
        Headers = [.. Split(ExportedHeaders())];
    }

    public static bool IsThere => RealTool.Has("rpm") && RealTool.Has("rpmbuild");

    public string SqliteRoot => _folder.Below("sqlite");

    /// <summary>What rpm says of its database, a line a package, without keys.</summary>
    public string[] Expected { get; } = [];

    /// <summary>The header of each package, as a database has it.</summary>
    public byte[][] Headers { get; } = [];

    public byte[] Sqlite => File.ReadAllBytes(Path.Combine(SqliteRoot, Folder, "rpmdb.sqlite"));

    public void Dispose() => _folder.Dispose();

    public static void Require()
    {
        RealTool.Require("rpm", "rpm");
        RealTool.Require("rpmbuild", "rpm");
    }

    public static string[] Answer(string root, params string[] more) =>
    [
        .. RealTool.Output("rpm", [.. more, .. Of(root), "-qa", "--qf", Query]).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(l => !l.StartsWith("gpg-pubkey\t", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>A root that has a database under one of its names.</summary>
    public string Root(string name, string database, ReadOnlySpan<byte> content)
    {
        var file = _folder.File($"{name}/{Folder}/{database}");
        File.WriteAllBytes(file, content);
        return _folder.Below(name);
    }

    public string NewFile(string name) => _folder.Below(name);

    private static string[] Of(string root) => ["--dbpath", Path.Combine(root, Folder)];

    private void Build(string name, string fields, params string[] files)
    {
        var top = _folder.Folder("build");
        var list = _folder.File($"build/{name}.list", string.Concat(files.Select(f => $"/{f}\n")));
        var spec = _folder.File($"build/{name}.spec", $"""
            Name: {name}
            Summary: a package
            {fields.Split("\n%", 2)[0].Replace("\n", "\n            ", StringComparison.Ordinal)}
            %description
            {(fields.Contains("\n%", StringComparison.Ordinal) ? "x\n%" + fields.Split("\n%", 2)[1] : "x")}
            %install
            while read f; do mkdir -p "%buildroot$(dirname $f)"; touch "%buildroot$f"; done < {list}
            %files -f {list}
            """.Replace("            ", "", StringComparison.Ordinal));
        RealTool.Output("rpmbuild", "-bb", "--quiet", "--target", "x86_64", "--define", $"_topdir {top}", "--define", "__os_install_post %{nil}", "--define", "_build_id_links none", spec);
    }

    private byte[] ExportedHeaders()
    {
        var file = _folder.Below("headers");
        RealTool.Output("/bin/sh", "-c", "rpmdb --dbpath \"$1\" --exportdb > \"$2\"", "sh", Path.Combine(SqliteRoot, Folder), file);
        return File.ReadAllBytes(file);
    }

    /// <summary>Each begins with eight bytes of magic, which databases leave out.</summary>
    private static IEnumerable<byte[]> Split(byte[] headers)
    {
        for (var at = 0; at < headers.Length;)
        {
            var header = headers.AsSpan(at + 8);
            var length = 8 + 16 * BinaryPrimitives.ReadInt32BigEndian(header) + BinaryPrimitives.ReadInt32BigEndian(header[4..]);
            yield return header[..length].ToArray();
            at += 8 + length;
        }
    }
}
