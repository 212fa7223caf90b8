using System.Diagnostics;

namespace Strata.Testing;

/// <summary>Runs a real program as a judge. A test whose judge is not installed skips, and says so.</summary>
public static class RealTool
{
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (code, output, errors) = await TryAsync(program, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {code}: {errors}");
    }

    public static async Task<(int Code, string Output, string Errors)> TryAsync(string program, params string[] arguments)
    {
        if (!program.Contains('/', StringComparison.Ordinal) && !IsInstalled(program)) Assert.Skip($"{program} is not installed: eng/install.sh test brings it");
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

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, program)));
}
