using System.Diagnostics;
using Strata.Build.Trees;

namespace Strata.Build.Steps;

/// <summary>A git repository as BuildKit writes them: <c>https://host/repo.git#ref:folder</c>, <c>git@host:repo.git</c>, <c>git://host/repo</c>.</summary>
internal sealed record GitSource(string Remote, string? Ref, string? Folder)
{
    /// <summary>Null for what is no git URL.</summary>
    public static GitSource? TryParse(string text)
    {
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        var (remote, fragment) = hash < 0 ? (text, "") : (text[..hash], text[(hash + 1)..]);
        var isHttp = remote.StartsWith("http://", StringComparison.Ordinal) || remote.StartsWith("https://", StringComparison.Ordinal);
        var isGit = remote.StartsWith("git://", StringComparison.Ordinal) || remote.StartsWith("ssh://", StringComparison.Ordinal)
            || (remote.StartsWith("file://", StringComparison.Ordinal) && remote.EndsWith(".git", StringComparison.Ordinal))
            || (remote.Contains('@', StringComparison.Ordinal) && remote.Contains(':', StringComparison.Ordinal) && remote.StartsWith("git@", StringComparison.Ordinal))
            || (isHttp && remote.EndsWith(".git", StringComparison.Ordinal));
        if (!isGit) return null;
        var colon = fragment.IndexOf(':', StringComparison.Ordinal);
        var (reference, folder) = colon < 0 ? (fragment, "") : (fragment[..colon], fragment[(colon + 1)..]);
        return new GitSource(remote, reference.Length > 0 ? reference : null, folder.Length > 0 ? Dockerfiles.SlashPath.Rooted(folder) : null);
    }

    /// <summary>Fetches it into a folder of the build. When this returns, the folder has the files of the commit.</summary>
    /// <exception cref="BuildException">git is missing, or cannot fetch it.</exception>
    public async Task<string> CheckOutAsync(WorkFolder work, bool keepGitFolder, CancellationToken cancellationToken) =>
        (await FetchAsync(work, keepGitFolder, cancellationToken).ConfigureAwait(false)).Folder;

    /// <summary>The same, with the commit that it is.</summary>
    public async Task<(string Folder, string Commit)> FetchAsync(WorkFolder work, bool keepGitFolder, CancellationToken cancellationToken)
    {
        var folder = work.NewPath();
        Directory.CreateDirectory(folder);
        await GitAsync(folder, ["init", "-q"], cancellationToken).ConfigureAwait(false);
        await GitAsync(folder, ["fetch", "-q", "--depth=1", "--", Remote, Ref ?? "HEAD"], cancellationToken).ConfigureAwait(false);
        await GitAsync(folder, ["checkout", "-q", "FETCH_HEAD"], cancellationToken).ConfigureAwait(false);
        var commit = (await GitAsync(folder, ["rev-parse", "HEAD"], cancellationToken).ConfigureAwait(false)).Trim();
        if (!keepGitFolder) Directory.Delete(Path.Combine(folder, ".git"), recursive: true);
        var inner = Folder is null ? folder : Path.Combine(folder, Folder);
        return Directory.Exists(inner) ? (inner, commit) : throw new BuildException($"{Remote} has no folder {Folder}", "check what stands behind the colon");
    }

    /// <summary>An address without the user and password that may be in it: for what others read.</summary>
    public static string WithoutCredentials(string address)
    {
        var host = address.IndexOf("://", StringComparison.Ordinal) + 3;
        if (host < 3) return address;
        var end = address.IndexOf('/', host);
        var at = address.LastIndexOf('@', end < 0 ? address.Length - 1 : end);
        return at < host ? address : address[..host] + address[(at + 1)..];
    }

    /// <summary>When the commit was made, in seconds since 1970: files of a checkout have the time of the checkout.</summary>
    public static async Task<long> TimeAsync(string folder, CancellationToken cancellationToken) =>
        long.TryParse((await GitAsync(folder, ["log", "-1", "--format=%ct"], cancellationToken).ConfigureAwait(false)).Trim(), out var time) ? time : 0;

    private static async Task<string> GitAsync(string folder, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new BuildException("git is not installed", "install git, or give the files as a folder", e);
        }
        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return process.ExitCode == 0 ? output
                : throw new BuildException($"git {arguments[0]} failed: {(await errors.ConfigureAwait(false)).Trim()}", "check the URL, and what stands behind #");
        }
    }
}
