using System.CommandLine;
using Strata.Cli.Completion;

namespace Strata.Cli.Commands;

internal static class CompletionCommand
{
    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish" }.AcceptOnlyFromAmong("bash", "zsh", "fish");
        return new Command("completion", "Print the script by which a shell completes commands, options and image names") { shell }.Does((parsed, _) =>
        {
            Console.Out.Write(parsed.GetRequiredValue(shell) switch { "bash" => Scripts.Bash, "zsh" => Scripts.Zsh, _ => Scripts.Fish });
            return ExitCode.Done;
        });
    }
}
