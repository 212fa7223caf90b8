namespace Strata.Build.Checks.Evidence;

/// <summary>What a package manager keeps, so that it need not fetch it again: no image needs it.</summary>
/// <param name="Places">Folders from the root; one that begins with <c>*/</c> is below any home.</param>
/// <param name="Advice">How not to have it.</param>
internal sealed record PackageCache(string Name, string[] Places, string Advice)
{
    public static IReadOnlyList<PackageCache> All { get; } =
    [
        new("apt's lists of packages", ["var/lib/apt/lists"], "end the RUN with rm -rf /var/lib/apt/lists/*, or mount it: --mount=type=cache,target=/var/lib/apt"),
        new("packages that apt fetched", ["var/cache/apt"], "end the RUN with apt-get clean, or mount it: --mount=type=cache,target=/var/cache/apt"),
        new("apk's cache", ["var/cache/apk", "etc/apk/cache"], "use apk add --no-cache"),
        new("dnf's cache", ["var/cache/dnf", "var/cache/libdnf5", "var/cache/yum"], "end the RUN with dnf clean all"),
        new("zypper's cache", ["var/cache/zypp"], "end the RUN with zypper clean --all"),
        new("pacman's cache", ["var/cache/pacman"], "end the RUN with pacman -Scc --noconfirm"),
        new("pip's cache", ["*/.cache/pip"], "use pip install --no-cache-dir, or mount it: --mount=type=cache,target=/root/.cache/pip"),
        new("uv's cache", ["*/.cache/uv"], "mount it: --mount=type=cache,target=/root/.cache/uv"),
        new("npm's cache", ["*/.npm/_cacache"], "end the RUN with npm cache clean --force, or mount it: --mount=type=cache,target=/root/.npm"),
        new("yarn's cache", ["*/.cache/yarn", "usr/local/share/.cache/yarn"], "end the RUN with yarn cache clean, or mount it"),
        new("Go's caches", ["*/.cache/go-build", "go/pkg/mod/cache"], "mount them: --mount=type=cache,target=/root/.cache/go-build"),
        new("cargo's cache", ["*/.cargo/registry/cache", "usr/local/cargo/registry/cache"], "mount it: --mount=type=cache,target=/usr/local/cargo/registry"),
        new("Maven's and Gradle's caches", ["*/.m2/repository", "*/.gradle/caches"], "mount them: --mount=type=cache,target=/root/.m2"),
        new("NuGet's cache", ["*/.local/share/NuGet/http-cache"], "mount it: --mount=type=cache,target=/root/.local/share/NuGet"),
    ];

    public bool Has(string path)
    {
        foreach (var place in Places)
        {
            if (!place.StartsWith("*/", StringComparison.Ordinal))
            {
                if (path.StartsWith(place + "/", StringComparison.Ordinal)) return true;
                continue;
            }
            var inner = place[1..] + "/";
            var at = ("/" + path).IndexOf(inner, StringComparison.Ordinal);
            if (at > 0 && (path.StartsWith("root/", StringComparison.Ordinal) || path.StartsWith("home/", StringComparison.Ordinal))) return true;
        }
        return false;
    }
}
