using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Strata.Packages.Catalogers.Software;

/// <summary>A program that is often installed without a package, and how it says its version.</summary>
/// <param name="Name">Of the package.</param>
/// <param name="Files">Names of its files, with <c>*</c> for any characters.</param>
/// <param name="Patterns">
/// Of its bytes, each byte a character; the group <c>v</c> is the version. The first pattern that is found anywhere decides. <c>{v}</c> stands
/// for the version in the file's name.
/// </param>
internal sealed record KnownProgram(string Name, string[] Files, params string[] Patterns)
{
    /// <summary>Longer than anything that a pattern may find.</summary>
    private const int Overlap = 2048;
    private const int Window = 256 * 1024;

    /// <summary>What else its file names may tell; see <see cref="Patterns"/>.</summary>
    private const string InName = "{v}";

    /// <summary>For a window of a file; far more than it ever takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The purl type.</summary>
    public string Type { get; init; } = "generic";

    /// <summary>The purl's namespace, where it is no part of the name.</summary>
    public string? Namespace { get; init; }

    /// <summary>What a path must contain; null where any does.</summary>
    public string? Below { get; init; }

    public bool Fits(FileCandidate file)
    {
        if (Below is not null && !file.Path.Contains(Below, StringComparison.Ordinal)) return false;
        foreach (var pattern in Files)
            if (Glob.Fits(pattern, file.Name)) return true;
        return false;
    }

    /// <summary>True when it is that program.</summary>
    public bool Find(FileCandidate file, FileContent content, PackageList found)
    {
        foreach (var pattern in Patterns)
        {
            if (VersionBy(pattern, file, content) is not { } version) continue;
            found.Add(Type, Name, version, purl: Namespace is null ? null : $"pkg:{Type}/{Namespace}/{Name}@{Uri.EscapeDataString(version)}");
            return true;
        }

        return false;
    }

    private static string? VersionBy(string pattern, FileCandidate file, FileContent content)
    {
        if (pattern.Contains(InName, StringComparison.Ordinal))
        {
            if (VersionInName(file.Name) is not { } named) return null;
            pattern = pattern.Replace(InName, Regex.Escape(named), StringComparison.Ordinal);
        }
        // It never takes longer than the file is long, whatever is in it: either by the engine that cannot go back, which takes milliseconds
        // to set up, or because it is tried only where its text is.
        var engine = BeginsWithText(pattern) ? RegexOptions.None : RegexOptions.NonBacktracking;
        var regex = new Regex(pattern, engine | RegexOptions.CultureInvariant, Patience);
        var bytes = ArrayPool<byte>.Shared.Rent(Window);
        var text = ArrayPool<char>.Shared.Rent(Window);
        try
        {
            for (long at = 0; at < content.Length; at += Window - Overlap)
            {
                var length = Encoding.Latin1.GetChars(bytes.AsSpan(0, content.ReadAt(at, bytes.AsSpan(0, Window))), text);
                // Only what fits becomes a string: a window is large, and most have nothing.
                foreach (var found in regex.EnumerateMatches(text.AsSpan(0, length)))
                    return regex.Match(new string(text, found.Index, found.Length)).Groups["v"].Value;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<char>.Shared.Return(text);
        }

        return null;
    }

    /// <summary>
    /// True where a match begins with some characters that are always the same, but for a first one out of a set. None of our patterns can
    /// find its own begin again in what comes after, so that no byte of a file is looked at more than a few times.
    /// </summary>
    internal static bool BeginsWithText(ReadOnlySpan<char> pattern)
    {
        const int Enough = 4;
        if (pattern[0] == '[') pattern = pattern[(pattern.IndexOf(']') + 1)..];
        var found = 0;
        for (; found < Enough && !pattern.IsEmpty; found++)
        {
            var length = pattern[0] != '\\' ? 1 : pattern[1] == 'x' ? 4 : 2;
            var isText = pattern[0] == '\\' ? !char.IsAsciiLetter(pattern[1]) || pattern[1] == 'x' : !".$^{[(|)*+?".Contains(pattern[0]);
            if (!isText || pattern.Length > length && "*+?{|".Contains(pattern[length])) return false;
            pattern = pattern[length..];
        }

        return found == Enough;
    }

    /// <summary><c>3.11</c> of <c>python3.11</c> and of <c>libpython3.11.so.1.0</c>.</summary>
    private static string? VersionInName(ReadOnlySpan<char> name)
    {
        var start = name.IndexOfAnyInRange('0', '9');
        if (start < 0) return null;
        var version = name[start..];
        var end = version.IndexOfAnyExcept("0123456789.");
        version = (end < 0 ? version : version[..end]).TrimEnd('.');
        return version.Contains('.') ? version.ToString() : null;
    }
}
