using System.Text;
using Strata.Build;
using Strata.Build.Dockerfiles;
using Strata.Layers;
using Strata.Layers.Tar;
using Strata.Oci;
using Strata.Packages.Catalogers;
using Strata.Packages.Catalogers.Alpine;
using Strata.Packages.Catalogers.Debian;
using Strata.Packages.Catalogers.Rpm;
using Strata.Vulnerabilities.Osv;

namespace Strata.Fuzzing;

/// <summary>What is fed with bytes. A target throws when the code lets out what its documentation does not name.</summary>
internal static class Targets
{
    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } = new Dictionary<string, Action<byte[]>>(StringComparer.Ordinal)
    {
        ["apk-installed"] = bytes => Packages(new ApkReader("lib/apk/db/installed"), bytes),
        ["config"] = bytes => Document(() => ImageConfig.Parse(ImageConfig.Parse(bytes).ToBytes()).HistoryOfLayers()),
        ["dockerfile"] = bytes => Build(() => ParsedDockerfile.Parse(new SourceFile("Dockerfile", bytes))),
        ["dockerfile-word"] = bytes => Build(() => Word(Encoding.UTF8.GetString(bytes))),
        ["dockerignore"] = bytes => Build(() => IgnoreFile.Parse(".dockerignore", bytes).Drops("dir/sub/xb1/keep.o")),
        ["dpkg-status"] = bytes => Packages(new StatusReader("var/lib/dpkg/status", statusIsOptional: false, DebianLimits.Default), bytes),
        ["index"] = bytes => Document(() => ImageIndex.Parse(ImageIndex.Parse(bytes).ToBytes())),
        ["manifest"] = bytes => Document(() => Manifest.Parse(Manifest.Parse(bytes).ToBytes())),
        ["osv"] = Osv,
        ["reference"] = Name,
        ["rpm-database"] = bytes => Packages(new RpmDatabaseReader("var/lib/rpm/Packages"), bytes),
        ["tar"] = Tar,
    };

    private static void Document(Action parse)
    {
        try
        {
            parse();
        }
        catch (DocumentException)
        {
            // Documented.
        }
    }

    private static void Build(Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is BuildException or ExpansionException)
        {
            // Documented.
        }
    }

    /// <summary>What variables hold is not read again: a value of a word has nothing to expand.</summary>
    private static void Word(string word)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "", ["c"] = "x/y.z", ["d"] = "$a/${b}", ["e"] = "a/b/c" };
        foreach (var escape in @"\`") new WordExpander(escape).Expand(word, variables);
        (new WordExpander('\\') { KeepQuotes = true, KeepEscapes = true, KeepUnset = true, JoinHeredocs = true }).Expand(word, variables);
    }

    /// <summary>Whatever the text, there are facts and faults, and no exception.</summary>
    private static void Packages(DocumentReader reader, byte[] bytes)
    {
        using (reader)
        {
            reader.Add(bytes.AsSpan(0, bytes.Length / 2));
            reader.Add(bytes.AsSpan(bytes.Length / 2));
            reader.Finish();
        }
    }

    private static void Osv(byte[] bytes)
    {
        try
        {
            OsvParser.Parse(bytes);
        }
        catch (OsvFormatException)
        {
            // Documented.
        }
    }

    private static void Name(byte[] bytes)
    {
        if (!Reference.TryParse(Encoding.UTF8.GetString(bytes), out var first)) return;
        foreach (var text in (string[])[first.ToString(), first.Familiar])
        {
            var second = Reference.Parse(text);
            if (!first.Equals(second) || second.ToString() != first.ToString()) throw new InvalidOperationException($"'{text}' reads as {second}, not as {first}");
        }
    }

    private static void Tar(byte[] bytes)
    {
        using var indexer = new LayerIndexer();
        try
        {
            var scanner = new TarScanner([indexer], LayerLimits.Default);
            // In two pieces: what is cut in the midst of a header is read as what is not.
            scanner.Push(bytes.AsSpan(0, bytes.Length / 3));
            scanner.Push(bytes.AsSpan(bytes.Length / 3));
            scanner.Finish();
        }
        catch (Exception e) when (e is TarException or LayerException)
        {
            // Documented.
        }
    }
}
