using System.CommandLine;
using System.CommandLine.Completions;
using Strata.Content;
using Strata.Oci;

namespace Strata.Cli.Completion;

/// <summary>Completes arguments and options that name images by the names in the store. Reads its index alone: a shell waits for it at every key.</summary>
internal static class ImageCompletion
{
    public static Argument<T> OfImages<T>(this Argument<T> argument)
    {
        argument.CompletionSources.Add(Names);
        return argument;
    }

    public static Option<T> OfImages<T>(this Option<T> option)
    {
        option.CompletionSources.Add(Names);
        return option;
    }

    private static IEnumerable<CompletionItem> Names(CompletionContext context)
    {
        try
        {
            var root = GlobalOptions.RootFolder(context.ParseResult);
            // Asking must not make a store.
            if (!File.Exists(Path.Combine(root, "index.json"))) return [];
            return [.. ContentStore.Open(root).Names()
                .Select(e => e.Annotations?.GetValueOrDefault(ContentAnnotations.RefName))
                .Select(n => Reference.TryParse(n, out var name) ? name.Familiar : null).OfType<string>().Select(n => new CompletionItem(n))];
        }
        catch (Exception e) when (e is StoreException or DocumentException or IOException or UnauthorizedAccessException)
        {
            return []; // a prompt is no place for an error; the command itself will say it
        }
    }
}
