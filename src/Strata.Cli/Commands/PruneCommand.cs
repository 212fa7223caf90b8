using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Build;
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
        var budget = new BudgetOptions();
        return new Command("prune", "Remove images that nobody named, and whatever nothing needs; by a budget, the longest unused images, too")
        {
            all, force, dryRun, filters, budget.MaxUsedSpace, budget.ReservedSpace, budget.MinFreeSpace, budget.KeepDuration,
        }.Does(async (parsed, session, cancellationToken) =>
        {
            var options = new PruneOptions
            {
                All = parsed.GetValue(all),
                DryRun = parsed.GetValue(dryRun),
                Until = Until(parsed.GetValue(filters) ?? [], session.Clock.GetUtcNow()),
                Budget = budget.Of(parsed) ?? (parsed.GetValue(all) ? null : BudgetConfiguration.Load()),
            };
            if (!options.DryRun && !parsed.GetValue(force) && !Agreed(options)) return ExitCode.Done;
            var takesAll = options.All && options.Budget is null;
            // Before the images, so that what goes of the cache is swept, and what stays is not; and after them: a cached layer that was swept is known no more.
            var collected = takesAll || CacheBudgetConfiguration.Load() is not { } cacheBudget ? new PrunedBuilds(0, 0) : await session.Builder.CollectCacheAsync(cacheBudget, options.DryRun, cancellationToken).ConfigureAwait(false);
            var forgotten = takesAll ? session.Builder.PruneCache(all: true, options.DryRun) : new PrunedBuilds(0, 0);
            var pruned = session.Images.Prune(options);
            if (!takesAll) forgotten = session.Builder.PruneCache(all: false, options.DryRun);
            var builds = new PrunedBuilds(collected.Steps + forgotten.Steps, collected.MountBytes + forgotten.MountBytes);
            session.Output.Object(new JsonObject
            {
                ["dryRun"] = options.DryRun,
                ["untagged"] = new JsonArray([.. pruned.Untagged.Select(n => (JsonNode)n.Familiar)]),
                ["images"] = new JsonArray([.. pruned.Images.Select(d => (JsonNode)d.ToString())]),
                ["derived"] = new JsonArray([.. pruned.Derived.Select(d => (JsonNode)d.ToString())]),
                ["buildSteps"] = builds.Steps,
                ["freed"] = pruned.FreedBytes + builds.MountBytes,
                ["shared"] = pruned.SharedBytes,
                ["sharedWith"] = pruned.SharedWith,
                ["swept"] = pruned.IsSwept,
                ["used"] = pruned.UsedBytes,
                ["limit"] = pruned.LimitBytes,
                ["withinBudget"] = pruned.IsWithinBudget,
            }, asText: () => Write(pruned, builds, options.DryRun));
            return ExitCode.Done;
        });
    }

    private static void Write(PrunedImages pruned, PrunedBuilds builds, bool dryRun)
    {
        foreach (var name in pruned.Untagged) Console.Out.WriteLine($"{(dryRun ? "would untag" : "untagged")}: {name.Familiar}");
        foreach (var digest in pruned.Images) Console.Out.WriteLine($"{(dryRun ? "would delete" : "deleted")}: {digest}");
        if (pruned.Derived.Count > 0)
            Console.Out.WriteLine($"{(dryRun ? "would drop" : "dropped")} what was unpacked of {pruned.Derived.Count} layer{(pruned.Derived.Count == 1 ? "" : "s")}; it comes back when it is needed");
        if (builds.Steps > 0) Console.Out.WriteLine($"{(dryRun ? "would forget" : "forgot")} {builds.Steps} step{(builds.Steps == 1 ? "" : "s")} of builds");
        if (!dryRun && !pruned.IsSwept) Console.Error.WriteLine("Another process has content in flight: the bytes go with the next prune");
        if (dryRun) Console.Out.WriteLine(Freed(pruned.FreedBytes + builds.MountBytes, pruned.SharedBytes, pruned.SharedWith, "would be freed"));
        else Console.Out.WriteLine($"Total reclaimed space: {Freed(pruned.FreedBytes + builds.MountBytes, pruned.SharedBytes, pruned.SharedWith, "freed")}");
        if (!pruned.IsWithinBudget)
            Console.Error.WriteLine($"The store takes {Sizes.Text(pruned.UsedBytes)} of {Sizes.Text(pruned.LimitBytes)}: what is left was used too lately, is reserved, or may not go");
    }

    /// <summary><c>12.3MB freed, 289MB shared with 3 images</c>.</summary>
    internal static string Freed(long freed, long shared, int with, string word) => with == 0
        ? $"{Sizes.Text(freed)} {word}"
        : string.Create(CultureInfo.InvariantCulture, $"{Sizes.Text(freed)} {word}, {Sizes.Text(shared)} shared with {with} image{(with == 1 ? "" : "s")}");

    /// <summary>
    /// Asks a person. Where there is none, what has no name may go without asking, and what a budget takes: who set it asked for it. All images
    /// with a name go only by --force.
    /// </summary>
    private static bool Agreed(PruneOptions options)
    {
        var takesAll = options.All && options.Budget is null;
        if (Console.IsInputRedirected)
        {
            if (!takesAll) return true;
            throw new UsageException("--all removes images that have names", "say --force where nobody can be asked, or look first with --dry-run");
        }
        Console.Error.WriteLine(takesAll ? "WARNING! This will remove all images without at least one container associated to them."
            : options.Budget is not null ? "WARNING! This will remove all dangling images, and the longest unused images until the store keeps its budget."
            : "WARNING! This will remove all dangling images.");
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
            if (Durations.TryParse(text) is { } span) until = now - span;
            else if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) until = DateTimeOffset.FromUnixTimeSeconds(seconds);
            else if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) until = time;
            else throw new UsageException($"'{text}' is no time", "write 24h, 90m, 2026-01-31 or 2026-01-31T12:00:00");
        }
        return until;
    }
}
