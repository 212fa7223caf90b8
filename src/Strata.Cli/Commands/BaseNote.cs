using System.Globalization;
using Strata.Images;
using Strata.Packages;

namespace Strata.Cli.Commands;

/// <summary>Says on stderr which image another one was made from, and how that is known.</summary>
internal static class BaseNote
{
    public static void Write(Session session, ImageBase? found)
    {
        if (found is null || session.Output.IsQuiet) return;
        Console.Error.WriteLine(Text(found));
    }

    public static void Write(Session session, ImageBase? found, ImagePackages packages)
    {
        if (found is null || session.Output.IsQuiet) return;
        var fromBase = packages.Packages.Count(p => packages.IsFromBase(p) == true);
        Console.Error.WriteLine(Text(found) + (found.Layers is null ? "" : string.Create(CultureInfo.InvariantCulture,
            $" brought {fromBase} of {packages.Packages.Count} packages")));
    }

    /// <exception cref="CommandException">It is not known what is the base's.</exception>
    public static void Require(string what, BaseImage? found)
    {
        if (found is null)
            throw new CommandException($"the base of {what} is not known: no image of the store has its first layers, and no annotation names one", "pull its base, or name it: --base REF");
        if (found.Layers is null)
            throw new CommandException($"{what} was made from {found.Name}, which is not in the store: what came from it is not known", $"bring it with: strata pull {found.Name}");
    }

    private static string Text(ImageBase found)
    {
        var text = $"base {found.Name}";
        text += found.Layers is { } n ? string.Create(CultureInfo.InvariantCulture, $" ({n} {(n == 1 ? "layer" : "layers")}, by {How(found.FoundBy)})")
            : " (by its annotation; it is not in the store, so that it is not known which layers are its)";
        if (found.Others.Count > 0) text += $", or {string.Join(", ", found.Others)}, which {(found.Others.Count == 1 ? "has" : "have")} the same layers";
        if (found.AlsoAnnotated is { } other) text += $"; its annotation names {other}, which is not in the store or has other layers";
        return text;
    }

    private static string How(BaseFoundBy by) => by switch
    {
        BaseFoundBy.Name => "name",
        BaseFoundBy.Annotation => "annotation",
        _ => "its layers",
    };
}
