namespace Strata.Cli.Commands.Containers;

/// <summary>Asks before something is removed for good.</summary>
internal static class Confirmation
{
    public static bool Ask(string warning)
    {
        Console.Error.Write($"{warning}\nAre you sure you want to continue? [y/N] ");
        return Console.In.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
