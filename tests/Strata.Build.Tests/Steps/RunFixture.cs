using Strata.Testing;

namespace Strata.Build.Tests.Steps;

/// <summary>Processes in a root file system that busybox makes.</summary>
public abstract class RunFixture : BuildFixture
{
    private const string Busybox = "/bin/busybox";

    protected RunFixture()
    {
        if (!File.Exists(Busybox)) Assert.Skip("busybox is not installed; apt-get install busybox-static");
        RealTool.Require("runc", "runc");
        RealTool.RequireRoot("a process gets a root file system of its own");
        File.Copy(Busybox, Path.Combine(Folder.Folder("context/bin"), "busybox"));
        string[] names = ["sh", "cat", "echo", "ls", "id", "rm", "mkdir", "touch", "stat", "env", "test", "ln", "chmod", "ip", "df", "grep", "true", "head", "mv"];
        foreach (var name in names) File.CreateSymbolicLink(Path.Combine(Context, "bin", name), "busybox");
        Put("a.txt", "a");
    }

    protected Task<BuiltImage> RunAsync(string instructions, Func<BuildOptions, BuildOptions>? with = null) =>
        BuildAsync($"FROM scratch AS base\nCOPY bin /bin\n{instructions}", with);
}
