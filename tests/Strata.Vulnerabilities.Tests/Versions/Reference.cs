using System.Diagnostics;
using System.Text;

namespace Strata.Vulnerabilities.Tests.Versions;

/// <summary>A program that reads lines of <c>A TAB B</c> and answers each with a sign, by the implementation that defines an order.</summary>
internal sealed record Reference(string Program, string[] Arguments, string[] Needs, IReadOnlyDictionary<string, string>? Environment = null)
{
    /// <summary>Null when everything is there.</summary>
    public string? WhyMissing()
    {
        foreach (var path in Needs)
        {
            if (!Path.Exists(path)) return $"{path} is missing, so there is nothing to compare with";
        }

        return null;
    }

    public async Task<string[]> CompareAsync(string[] pairs, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        foreach (var (key, value) in Environment ?? new Dictionary<string, string>(StringComparer.Ordinal)) start.Environment[key] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardInput.WriteAsync(string.Join('\n', pairs) + "\n");
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        process.ExitCode.ShouldBe(0, await errors);
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
