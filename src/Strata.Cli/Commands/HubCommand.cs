using System.CommandLine;
using System.Runtime.InteropServices;
using Strata.Cli.Product;

namespace Strata.Cli.Commands;

internal static partial class HubCommand
{
    public static Command Create() => new("hub", "A hub of your own: a registry with search") { CreateServe() };

    private static Command CreateServe()
    {
        var listen = new Option<string>("--listen") { Description = "Address and port", DefaultValueFactory = _ => "127.0.0.1:5000", HelpName = "ADDR" };
        var data = new Option<string?>("--data") { Description = "The hub's folder; ROOT/hub unless told otherwise", HelpName = "DIR" };
        return new Command("serve", "Run the hub in the foreground") { listen, data }.Does((parsed, session) =>
        {
            var folder = parsed.GetValue(data) is { } d ? Path.GetFullPath(d) : new Services(session.Root).HubData;
            return Become(Services.WebProgram(), ["hub", "--listen", parsed.GetRequiredValue(listen), "--data", folder]);
        });
    }

    /// <summary>This process becomes the other program: signals, exit code and process id are that one's.</summary>
    private static int Become(string program, IReadOnlyList<string> arguments)
    {
        string?[] argv = [program, .. arguments, null];
        _ = ExecV(program, argv);
        throw new CommandException($"{program} cannot be run: {Marshal.GetLastPInvokeErrorMessage()}", "install the whole of Strata anew");
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ExecV(string path, string?[] arguments);
}
