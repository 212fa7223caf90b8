using System.Diagnostics;
using Strata.Testing;

namespace Strata.Faults.Tests;

/// <summary>The program itself over one root, also killed while it runs.</summary>
internal sealed class StrataProgram(string root)
{
    public static string Path { get; } = Checkout.Program("Strata.Cli", "strata");

    public string Root => root;

    public Task<(int Code, string Output, string Errors)> TryAsync(params string[] arguments) =>
        RealTool.TryAsync(Path, ["--root", root, .. arguments]);

    /// <summary>Runs a command that must succeed.</summary>
    /// <returns>What it said on stderr.</returns>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var (code, output, errors) = await TryAsync(arguments);
        code.ShouldBe(0, $"strata {string.Join(' ', arguments)}: {errors}{output}");
        return errors;
    }

    /// <summary>Runs a command, and kills it when so many changes were seen in the root: at any moment of its work, whatever the machine's speed.</summary>
    /// <param name="changes">From 1; with more than there are, the command comes to its end.</param>
    public async Task<KilledRun> KillAsync(int changes, params string[] arguments)
    {
        Directory.CreateDirectory(root);
        using var watcher = new FileSystemWatcher(root)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite,
        };
        using var process = new Process();
        var seen = 0;
        void Count(object sender, FileSystemEventArgs e)
        {
            // SIGKILL: nothing of the program runs after it.
            if (Interlocked.Increment(ref seen) == changes) process.Kill();
        }

        watcher.Changed += Count;
        watcher.Created += Count;
        watcher.Deleted += Count;
        watcher.Renamed += Count;
        process.StartInfo = new ProcessStartInfo(Path, ["--root", root, "--progress", "json", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        process.Start();
        watcher.EnableRaisingEvents = true;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        watcher.EnableRaisingEvents = false;
        await output;
        return new KilledRun(WasKilled: process.ExitCode == 128 + 9, seen, await errors);
    }
}
