using System.Security.Cryptography;
using Strata.Build.Dockerfiles;
using Strata.Build.Graph;
using Strata.Build.Trees;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Build.Steps;

/// <summary>What ADD fetches: a file by http, a repository by git.</summary>
internal static class RemoteFile
{
    private const int Private = 0x180;
    private static readonly HttpClient Http = new();

    public static bool IsUrl(string text) => text.StartsWith("http://", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal);

    /// <exception cref="BuildException">It cannot be fetched, or is not what the checksum says.</exception>
    public static async Task<CopySource> FetchAsync(string url, CopyInstruction copy, BuildSession session, CancellationToken cancellationToken)
    {
        var name = NameOf(url);
        var path = session.Work.NewPath();
        try
        {
            using var answer = await Http.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode) throw new BuildException($"{url} answers {(int)answer.StatusCode} {answer.ReasonPhrase}", "check the URL");
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var size = await SaveAsync(answer, path, hash, cancellationToken).ConfigureAwait(false);
            var digest = Digest.FromHash(hash.GetHashAndReset());
            if (copy.Checksum.Length > 0 && copy.Checksum != digest.ToString())
                throw copy.Line.Fault($"digest mismatch {digest}: {copy.Checksum}", copy.Line.Flags.First(f => f.StartsWith("--checksum", StringComparison.Ordinal)),
                    "the file is not the one that was meant; fetch it from where it is trusted");
            session.Materials[GitSource.WithoutCredentials(url)] = digest.ToString();
            var modified = answer.Content.Headers.LastModified?.ToUnixTimeSeconds() ?? 0;
            var tree = new LooseTree().Add(name, Private, size, digest, () => File.OpenRead(path), new UnixTime(modified, 0));
            var file = tree.Find(name)!;
            return new CopySource(tree, name, file, [new CopyItem("", file)], IsWhole: copy.Unpacks != true);
        }
        catch (Exception e) when (e is HttpRequestException or UriFormatException or InvalidOperationException)
        {
            throw new BuildException($"{url} cannot be fetched: {e.Message}", "check the URL, and the network", e);
        }
    }

    public static async Task<IReadOnlyList<CopySource>> CheckOutAsync(GitSource git, CopyInstruction copy, BuildSession session, CancellationToken cancellationToken)
    {
        var (folder, commit) = await git.FetchAsync(session.Work, copy.KeepsGitFolder == true, cancellationToken).ConfigureAwait(false);
        session.Materials[GitSource.WithoutCredentials(git.Remote)] = $"gitCommit:{commit}";
        var tree = session.Context.Open(folder, session.Digests);
        return [.. new SourceFinder(tree, copy.Excludes, withParents: false).Find("/").Select(s => s with { IsWhole = true })];
    }

    private static string NameOf(string url)
    {
        var name = Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? SlashPath.Name(Uri.UnescapeDataString(parsed.AbsolutePath).TrimEnd('/')) : "";
        return name.Length > 0 ? name : "__unnamed__";
    }

    private static async Task<long> SaveAsync(HttpResponseMessage answer, string path, IncrementalHash hash, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            await using (file.ConfigureAwait(false))
            {
                var buffer = new byte[128 * 1024];
                for (int n; (n = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
                {
                    hash.AppendData(buffer, 0, n);
                    await file.WriteAsync(buffer.AsMemory(0, n), cancellationToken).ConfigureAwait(false);
                }
                return file.Length;
            }
        }
    }
}
