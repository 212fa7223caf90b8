using System.CommandLine;
using System.Runtime.InteropServices;
using Strata.Cli.Product;

namespace Strata.Cli.Commands;

internal static partial class HubCommand
{
    public static Command Create() => new("hub", "A hub of your own: a registry with search")
    {
        Role("serve", "Run the hub in the foreground", []),
        Role("config", "Print the effective configuration: the file's, and the default of all that it does not set", ["config"]),
        HubUserCommand.Create(),
        HubTokenCommand.Create(),
        HubOrganisationCommand.Create(),
        HubRepositoryCommand.Create(),
        HubQuotaCommand.Create(),
        HubGarbageCommand.Create(),
        HubCheckCommand.Create(),
        HubHistoryCommand.Create(),
        HubRestoreCommand.Create(),
    };

    private static Command Role(string name, string description, IReadOnlyList<string> role)
    {
        var listen = new Option<string?>("--listen") { Description = "Address and port; 127.0.0.1:5000 unless told otherwise", HelpName = "ADDR" };
        var data = new Option<string?>("--data") { Description = "The hub's folder; ROOT/hub unless told otherwise, here or in the configuration", HelpName = "DIR" };
        var config = new Option<string?>("--config") { Description = "A configuration file; what is given on the command line wins over it", HelpName = "FILE" };
        return new Command(name, description) { listen, data, config }.Does((parsed, session) =>
        {
            List<string> arguments = ["hub", .. role];
            Add(arguments, "--listen", parsed.GetValue(listen));
            Add(arguments, "--config", parsed.GetValue(config));
            Add(arguments, "--data", parsed.GetValue(data) ?? (parsed.GetValue(config) is null ? new Services(session.Root).HubData : null));
            return Become(Services.WebProgram(), arguments);
        });
    }

    private static void Add(List<string> arguments, string option, string? value)
    {
        if (value is not null) arguments.AddRange([option, value]);
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
