using System.CommandLine;
using Strata.Vulnerabilities.Versions;

namespace Strata.Cli.Commands;

internal static class VersionCompareCommand
{
    public static Command Create()
    {
        var ecosystem = new Argument<string>("ECOSYSTEM") { Description = "deb, rpm, apk, npm, pypi, ... or a name of OSV: Debian:12" };
        return new Command("version-compare", "Reads lines of A<TAB>B and prints <, =, > or ? for each") { ecosystem }.Hide().Does((parsed, _) =>
        {
            using var output = new StreamWriter(Console.OpenStandardOutput());
            VersionCompare.Run(parsed.GetRequiredValue(ecosystem), Console.In, output);
            return ExitCode.Done;
        });
    }

    private static Command Hide(this Command command)
    {
        command.Hidden = true;
        return command;
    }
}
