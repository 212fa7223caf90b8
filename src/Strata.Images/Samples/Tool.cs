using System.ComponentModel;
using System.Diagnostics;

namespace Strata.Images.Samples;

/// <summary>Runs a program of the system to its end, and with cancellation ends it and all that it started.</summary>
internal static class Tool
{
    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(f => File.Exists(Path.Combine(f, program)));

    /// <returns>What it printed on stdout.</returns>
    /// <exception cref="ImageException">It is not installed, or failed; the message has its last words.</exception>
    public static async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, string package, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Start(start, package);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            var said = await errors.ConfigureAwait(false);
            if (process.ExitCode != 0) throw new ImageException($"{program} failed with {process.ExitCode}: {LastLines(said)}", "try it by hand; it needs Debian's mirrors and, mostly, root");
            return await output.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process Start(ProcessStartInfo start, string package)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new ImageException($"{start.FileName} is not installed", $"install it: apt-get install {package}", e);
        }
    }

    private static string LastLines(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? "it said nothing" : string.Join(" / ", lines.TakeLast(3));
    }
}
