using System.Diagnostics;

namespace Strata.Build.Samples;

/// <summary>
/// The context of a sample in a folder: the files that stand in the repository, and what its <c>prepare.sh</c> brings of this machine's packages. Gone when
/// disposed.
/// </summary>
internal sealed class SampleContext : IDisposable
{
    private const string Preparation = "prepare.sh";
    private const UnixFileMode Program = (UnixFileMode)0x1ED;

    private SampleContext(string folder) => Folder = folder;

    public string Folder { get; }

    /// <exception cref="BuildException">It cannot be prepared here; the message has the last words of who tried.</exception>
    public static async Task<SampleContext> PrepareAsync(SampleImage sample, string parent, CancellationToken cancellationToken)
    {
        var context = new SampleContext(Directory.CreateDirectory(Path.Combine(parent, Path.GetRandomFileName())).FullName);
        try
        {
            var assembly = typeof(SampleContext).Assembly;
            var prefix = $"samples/{sample.Folder}/";
            foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)))
            {
                var path = Path.Combine(context.Folder, name[prefix.Length..]);
                using (var file = File.Create(path)) assembly.GetManifestResourceStream(name)!.CopyTo(file);
                // All have one time, so that the same program builds the same image.
                File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
                if (name.EndsWith(".sh", StringComparison.Ordinal)) File.SetUnixFileMode(path, Program);
            }
            var script = Path.Combine(context.Folder, Preparation);
            if (File.Exists(script)) await RunAsync(sample, script, cancellationToken).ConfigureAwait(false);
            return context;
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static async Task RunAsync(SampleImage sample, string script, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", [script])
        {
            WorkingDirectory = Path.GetDirectoryName(script),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = await process.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            if (process.ExitCode == 0) return;
            var said = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(3);
            throw new BuildException($"samples/{sample.Folder}/{Preparation} failed with {process.ExitCode}: {string.Join(" / ", said)}", "try it by hand; it needs Debian's mirrors and, mostly, root");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
