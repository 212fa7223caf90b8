using System.Diagnostics;
using System.Text;

namespace Strata.Testing;

/// <summary>Runs the tools that people use today, as makers and judges of what we read and write.</summary>
public static class RealTool
{
    public static bool Has(string name) => Find(name) is not null;

    /// <summary>Skips the test, with a reason that is printed, when the tool is not installed.</summary>
    public static void Require(string name, string package)
    {
        if (Find(name) is null) Assert.Skip($"{name} is not installed; apt-get install {package}");
    }

    /// <summary>Skips the test, with a reason that is printed, when it does not run as root.</summary>
    public static void RequireRoot(string why)
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip($"needs root: {why}");
    }

    /// <summary>Runs a tool that must succeed, and gives what it printed.</summary>
    public static string Output(string name, params string[] arguments)
    {
        var result = Run(name, arguments);
        if (result.ExitCode != 0) throw new InvalidOperationException($"{name} {string.Join(' ', arguments)} failed with {result.ExitCode}: {result.Error}");
        return result.Output;
    }

    /// <summary>Runs a tool, however it ends. Its output is read as Latin-1, so that no byte is lost.</summary>
    public static (int ExitCode, string Output, string Error) Run(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(name)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.Latin1,
        };
        start.Environment["LC_ALL"] = "C";
        start.Environment["TZ"] = "UTC";
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start");
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>Runs a tool that must succeed, without holding a thread, and gives what it printed. Skips the test when it is not installed.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (code, output, errors) = await TryAsync(program, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {code}: {errors}");
    }

    /// <summary>Runs a tool, however it ends, without holding a thread. Skips the test when it is not installed.</summary>
    public static async Task<(int Code, string Output, string Errors)> TryAsync(string program, params string[] arguments)
    {
        if (!program.Contains('/', StringComparison.Ordinal)) Require(program, program);
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);
}
