using System.CommandLine;
using Strata.Registry.Client;

namespace Strata.Cli.Commands;

internal static class LogoutCommand
{
    public static Command Create()
    {
        var host = Arguments.RegistryHost();
        return new Command("logout", "Log out from a registry: forget its credential") { host }.Does(async (parsed, session, cancellationToken) =>
        {
            var registry = Arguments.ToRegistry(parsed.GetValue(host), session);
            var removed = await new DockerConfigCredentials(DockerConfigCredentials.DefaultPath).EraseAsync(registry, cancellationToken).ConfigureAwait(false);
            var shown = DockerConfigCredentials.KeyOf(registry);
            await Console.Out.WriteLineAsync(removed ? $"Removing login credentials for {shown}" : $"Not logged in to {shown}").ConfigureAwait(false);
            return ExitCode.Done;
        });
    }
}
