using System.CommandLine;
using Strata.Images;

namespace Strata.Cli.Commands;

/// <summary>A budget on the command line, as `docker buildx prune` spells it.</summary>
internal sealed class BudgetOptions
{
    public Option<string?> MaxUsedSpace { get; } = Size("The most that the store may take", "--max-used-space", "--keep-storage");

    public Option<string?> ReservedSpace { get; } = Size("What the store may always take", "--reserved-space");

    public Option<string?> MinFreeSpace { get; } = Size("What should stay free on the disk", "--min-free-space");

    public Option<string?> KeepDuration { get; } = new("--keep-duration") { Description = "Keep what was used within this time, such as 48h or 7d", HelpName = "DURATION" };

    /// <summary>Null when none of them was given.</summary>
    /// <exception cref="UsageException">A value is no size or duration.</exception>
    public Budget? Of(ParseResult parsed)
    {
        var budget = new Budget
        {
            MaxUsedSpace = Amount(parsed, MaxUsedSpace),
            ReservedSpace = Amount(parsed, ReservedSpace),
            MinFreeSpace = Amount(parsed, MinFreeSpace),
            KeepDuration = parsed.GetValue(KeepDuration) is not { } text ? null
                : Durations.TryParse(text) ?? throw new UsageException($"'{text}' is no duration", "write 48h, 90m or 7d"),
        };
        return budget.IsEmpty ? null : budget;
    }

    private static DiskAmount? Amount(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text) return null;
        return DiskAmount.TryParse(text, out var amount) ? amount
            : throw new UsageException($"{option.Name}: '{text}' is no size", "write 20GB, 512MiB, or a share of the disk such as 20%");
    }

    private static Option<string?> Size(string description, string name, params string[] aliases) => new(name, aliases) { Description = description + ": 20GB, 512MiB or 20%", HelpName = "SIZE" };
}
