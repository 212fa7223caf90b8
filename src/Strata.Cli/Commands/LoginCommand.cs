using System.CommandLine;
using Strata.Registry.Client;

namespace Strata.Cli.Commands;

internal static class LoginCommand
{
    public static Command Create()
    {
        var host = Arguments.RegistryHost();
        var user = new Option<string?>("--username", "-u") { Description = "The user name; asked for without it", HelpName = "USER" };
        var password = new Option<string?>("--password", "-p") { Description = "The password; others on this machine can see it, --password-stdin hides it", HelpName = "PASSWORD" };
        var fromStdin = new Option<bool>("--password-stdin") { Description = "Read the password from stdin" };
        return new Command("login", "Log in to a registry, and keep the credential where docker does") { host, user, password, fromStdin }
            .Does(async (parsed, session, cancellationToken) =>
            {
                var registry = Arguments.ToRegistry(parsed.GetValue(host), session);
                var credential = await CredentialAsync(parsed.GetValue(user), parsed.GetValue(password), parsed.GetValue(fromStdin), cancellationToken).ConfigureAwait(false);
                if (!await session.Registries.AcceptsAsync(registry, credential, cancellationToken).ConfigureAwait(false))
                    throw new CommandException($"{registry} refused the log-in of '{credential.User}': wrong user name or password", "nothing was written; try again");
                var file = await new DockerConfigCredentials(DockerConfigCredentials.DefaultPath).StoreAsync(registry, credential, cancellationToken).ConfigureAwait(false);
                if (file is not null && !session.Output.IsQuiet)
                    await Console.Error.WriteLineAsync($"The password is in {file}, which only you can read; a credential helper keeps it safer").ConfigureAwait(false);
                await Console.Out.WriteLineAsync("Login Succeeded").ConfigureAwait(false);
                return ExitCode.Done;
            });
    }

    private static async Task<Credential> CredentialAsync(string? user, string? password, bool fromStdin, CancellationToken cancellationToken)
    {
        if (fromStdin && password is not null) throw new UsageException("--password and --password-stdin exclude each other");
        if (fromStdin && user is null) throw new UsageException("--password-stdin needs a user name", "give it with -u USER");
        if (fromStdin)
        {
            password = await PasswordInput.FromStdinAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (password is not null)
        {
            await Console.Error.WriteLineAsync("WARNING! Using --password via the CLI is insecure. Use --password-stdin.").ConfigureAwait(false);
        }
        if ((user is null || password is null) && Console.IsInputRedirected)
            throw new UsageException("there is no terminal to ask for the user name and password", "give them with -u USER --password-stdin");
        user ??= Ask("Username: ");
        password ??= PasswordInput.Ask("Password: ", cancellationToken);
        if (user.Length == 0 || password.Length == 0) throw new UsageException("user name and password are both needed");
        return new Credential(user, password);
    }

    private static string Ask(string prompt)
    {
        Console.Error.Write(prompt);
        return Console.ReadLine()?.Trim() ?? "";
    }
}
