using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Completion;
using Strata.Cli.Rendering;
using Strata.Packages;

namespace Strata.Cli.Commands;

internal static class WhyCommand
{
    /// <summary>Places of a package that are listed, beside the first.</summary>
    private const int MostPlaces = 5;

    public static Command Create()
    {
        var what = new Argument<string>("REF") { Description = "An image, or dir:PATH for a plain folder" }.OfImages();
        var name = new Argument<string>("PACKAGE") { Description = "Its name, or the name of what it was built from" };
        var platform = Arguments.PlatformOption();
        return new Command("why", "Say why a package is in an image: the layer and the instruction that brought it, and the file that says so") { what, name, platform }.Does(async (parsed, session, cancellationToken) =>
        {
            var (packages, _) = await PackageSource.FindAsync(session, parsed.GetRequiredValue(what), Arguments.ToPlatform(parsed.GetValue(platform)), baseName: null, cancellationToken).ConfigureAwait(false);
            var wanted = parsed.GetRequiredValue(name);
            var all = packages.Packages.Concat(packages.Owned).ToArray();
            var found = all.Where(p => Is(p, wanted)).ToArray();
            if (found.Length == 0) throw NotThere(parsed.GetRequiredValue(what), wanted, all);
            if (session.Output.IsJson) Output.Json(new JsonArray([.. found.Select(p => (JsonNode)PackagesCommand.ToJson(p, packages))]));
            else foreach (var package in found) Write(package, packages);
            return ExitCode.Done;
        });
    }

    private static bool Is(Package package, string wanted) =>
        string.Equals(package.Name, wanted, StringComparison.OrdinalIgnoreCase) || string.Equals(package.SourceName, wanted, StringComparison.OrdinalIgnoreCase);

    private static void Write(Package package, ImagePackages of)
    {
        Console.Out.WriteLine($"{package.Name} {package.Version} ({package.Type}{(package.Architecture is { } a ? ", " + a : "")})");
        if (package.SourceName is { } source && source != package.Name) Console.Out.WriteLine($"  built from  {source} {package.SourceVersion}");
        if (package.IntroducedBy is { } origin) Console.Out.WriteLine($"  brought by  {Shown(origin)}{(of.IsFromBase(package) == true ? $", of the base {of.Base!.Name}" : "")}");
        if (package.LastTouchedBy is { } last && last.Layer != package.IntroducedBy?.Layer) Console.Out.WriteLine($"  touched by  {Shown(last)}");
        Console.Out.WriteLine($"  found in    {package.Location}{(package.OwnedBy is { } owner ? $", which is part of {owner}" : "")}");
        foreach (var other in package.AlsoAt.Take(MostPlaces)) Console.Out.WriteLine($"  also in     {other}");
        if (package.AlsoAt.Count > MostPlaces) Console.Out.WriteLine($"              and {package.AlsoAt.Count - MostPlaces} more: --format json has all");
        Console.Out.WriteLine($"  purl        {package.Purl}");
    }

    private static string Shown(LayerOrigin origin) =>
        string.Create(CultureInfo.InvariantCulture, $"layer {origin.Layer} ({origin.DiffId.Short}){(origin.Instruction is { } i ? ": " + i : "")}");

    private static CommandException NotThere(string what, string wanted, Package[] all)
    {
        var near = all.Select(p => p.Name).Where(n => n.Contains(wanted, StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(5).ToArray();
        return new CommandException(
            $"{what} has no package {wanted}",
            near.Length > 0 ? $"did you mean {string.Join(", ", near)}?" : $"list all there are: strata packages {what}");
    }
}
