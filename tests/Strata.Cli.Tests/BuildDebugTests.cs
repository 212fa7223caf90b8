using System.Diagnostics;
using Strata.Testing;

namespace Strata.Cli.Tests;

/// <summary>A shell in a RUN that failed: on a real terminal, and for scripts.</summary>
public sealed class BuildDebugTests(HubProcess hub) : CliFixture(hub)
{
    [Fact]
    public async Task A_terminal_gets_a_shell_in_the_failed_step()
    {
        RealTool.Require("script", "bsdutils");
        var context = Context();
        using var process = Process.Start(new ProcessStartInfo("script", ["-qec", $"{Checkout.Program("Strata.Cli", "strata")} --root {Root} build --debug {context}", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        // Typed ahead: the terminal keeps it until the shell reads.
        await process.StandardInput.WriteAsync("cat /left; tty; exit\n");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        output.ShouldContain("A shell in the failed step");
        output.ShouldContain("what it left");
        output.ShouldContain("/dev/pts/");
        process.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_script_runs_a_command_in_it()
    {
        var context = Context();
        var (code, _, errors) = await TryAsync("build", "-q", "--debug-run", "cat /left; echo $0", context);
        code.ShouldBe(1);
        errors.ShouldContain("what it left\n/bin/sh");
        (await TryAsync("build", "--debug", context)).Errors.ShouldContain("this is no terminal");
    }

    private string Context()
    {
        RealTool.RequireRoot("a process gets a root file system of its own");
        if (!File.Exists("/bin/busybox")) Assert.Skip("busybox is not installed; apt-get install busybox-static");
        var context = Directory.CreateDirectory(Path.Combine(Folder, "context")).FullName;
        File.Copy("/bin/busybox", Path.Combine(context, "busybox"), overwrite: true);
        File.WriteAllText(Path.Combine(context, "Dockerfile"), "FROM scratch\nCOPY busybox /bin/\nRUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\nRUN echo what it left > /left; exit 1\n");
        return context;
    }
}
