using System.Diagnostics;

namespace Strata.Containers.Kernel;

/// <summary>A program of the system that has run to its end.</summary>
internal sealed record SystemProgram(int ExitCode, string Output, string Errors)
{
    /// <param name="program">A path, or a name in PATH.</param>
    /// <param name="input">What it reads.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    /// <exception cref="IOException">It ended before it had read all.</exception>
    public static async Task<SystemProgram> RunAsync(string program, IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        if (input.Length > 0) await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken).ConfigureAwait(false);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return new SystemProgram(process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
    }
}
