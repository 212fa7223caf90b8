using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;
using Strata.Images;

namespace Strata.Cli.Commands;

internal static class PruneCommand
{
    public static Command Create()
    {
        var all = new Option<bool>("--all", "-a") { Description = "All images that no container uses, not only those without a name" };
        var force = new Option<bool>("--force", "-f") { Description = "Do not ask" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would go, and change nothing" };
        var filters = new Option<string[]>("--filter") { Description = "until=TIME: only images made before, such as until=24h or until=2026-01-31", HelpName = "FILTER" };
        return new Command("prune", "Remove images that nobody named, and whatever nothing needs") { all, force, dryRun, filters }.Does((parsed, session) =>
        {
            var options = new PruneOptions { All = parsed.GetValue(all), DryRun = parsed.GetValue(dryRun), Until = Until(parsed.GetValue(filters) ?? [], session.Clock.GetUtcNow()) };
            if (!options.DryRun && !parsed.GetValue(force) && !Agreed(options.All)) return ExitCode.Done;
            var pruned = session.Images.Prune(options);
            session.Output.Object(new JsonObject
            {
                ["dryRun"] = options.DryRun,
                ["untagged"] = new JsonArray([.. pruned.Untagged.Select(n => (JsonNode)n.Familiar)]),
                ["images"] = new JsonArray([.. pruned.Images.Select(d => (JsonNode)d.ToString())]),
                ["freed"] = pruned.FreedBytes,
                ["shared"] = pruned.SharedBytes,
                ["sharedWith"] = pruned.SharedWith,
                ["swept"] = pruned.IsSwept,
            }, asText: () => Write(pruned, options.DryRun));
            return ExitCode.Done;
        });
    }

    private static void Write(PrunedImages pruned, bool dryRun)
    {
        foreach (var name in pruned.Untagged) Console.Out.WriteLine($"{(dryRun ? "would untag" : "untagged")}: {name.Familiar}");
        foreach (var digest in pruned.Images) Console.Out.WriteLine($"{(dryRun ? "would delete" : "deleted")}: {digest}");
        if (!dryRun && !pruned.IsSwept) Console.Error.WriteLine("Another process has content in flight: the bytes go with the next prune");
        if (dryRun) Console.Out.WriteLine(Freed(pruned.FreedBytes, pruned.SharedBytes, pruned.SharedWith, "would be freed"));
        else Console.Out.WriteLine($"Total reclaimed space: {Freed(pruned.FreedBytes, pruned.SharedBytes, pruned.SharedWith, "freed")}");
    }

    /// <summary><c>12.3MB freed, 289MB shared with 3 images</c>.</summary>
    internal static string Freed(long freed, long shared, int with, string word) => with == 0
        ? $"{Sizes.Text(freed)} {word}"
        : string.Create(CultureInfo.InvariantCulture, $"{Sizes.Text(freed)} {word}, {Sizes.Text(shared)} shared with {with} image{(with == 1 ? "" : "s")}");

    /// <summary>Asks a person. Where there is none, what has no name may go without asking; images with a name only by --force.</summary>
    private static bool Agreed(bool all)
    {
        if (Console.IsInputRedirected)
        {
            if (!all) return true;
            throw new UsageException("--all removes images that have names", "say --force where nobody can be asked, or look first with --dry-run");
        }
        Console.Error.WriteLine(all ? "WARNING! This will remove all images without at least one container associated to them." : "WARNING! This will remove all dangling images.");
        Console.Error.Write("Are you sure you want to continue? [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    /// <summary>A duration as docker takes it (24h, 90m), a date, a time, or seconds since the epoch.</summary>
    private static DateTimeOffset? Until(string[] filters, DateTimeOffset now)
    {
        DateTimeOffset? until = null;
        foreach (var filter in filters)
        {
            if (!filter.StartsWith("until=", StringComparison.Ordinal)) throw new UsageException($"there is no filter '{filter}'", "there is: until=24h, until=2026-01-31");
            var text = filter["until=".Length..];
            if (Duration(text) is { } span) until = now - span;
            else if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) until = DateTimeOffset.FromUnixTimeSeconds(seconds);
            else if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) until = time;
            else throw new UsageException($"'{text}' is no time", "write 24h, 90m, 2026-01-31 or 2026-01-31T12:00:00");
        }
        return until;
    }

    private static TimeSpan? Duration(string text)
    {
        var total = TimeSpan.Zero;
        var digits = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i])) continue;
            if (i == digits || !int.TryParse(text.AsSpan(digits, i - digits), NumberStyles.None, CultureInfo.InvariantCulture, out var n)) return null;
            TimeSpan? part = text[i] switch { 'h' => TimeSpan.FromHours(n), 'm' => TimeSpan.FromMinutes(n), 's' => TimeSpan.FromSeconds(n), _ => null };
            if (part is null) return null;
            total += part.Value;
            digits = i + 1;
        }
        return digits == text.Length && digits > 0 ? total : null;
    }
}
