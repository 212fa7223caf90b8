using System.Text.Json.Nodes;
using Strata.Cli.Rendering;

namespace Strata.Cli.Commands.Containers;

/// <summary>What docker's inspect prints: one array of all that were found, or a line each by a template; for those that were not, an error.</summary>
internal static class Documents
{
    public static void Write(Session session, IEnumerable<string> names, Func<string, JsonObject> find, out int code)
    {
        code = ExitCode.Done;
        var found = new List<JsonObject>();
        foreach (var name in names)
        {
            try
            {
                found.Add(find(name));
            }
            catch (Exception e) when (Failure.Of(e) is { } failure)
            {
                failure.Write(Console.Error);
                code = failure.ExitCode;
            }
        }
        session.Output.Documents(found);
    }
}
