using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Strata.Registry.Client.Auth;

/// <summary>A program that keeps credentials, such as a desktop's key ring: <c>docker-credential-NAME</c>, by docker's protocol on stdin and stdout.</summary>
internal sealed class CredentialHelper
{
    private readonly string _program;

    /// <exception cref="RegistryException">It is no name of a program.</exception>
    public CredentialHelper(string name)
    {
        if (name.AsSpan().ContainsAny('/', '\0')) throw new RegistryException($"'{name}' is not the name of a credential helper");
        _program = "docker-credential-" + name;
    }

    /// <summary>Null where it has none: a helper says so with a failure, and being anonymous is then right.</summary>
    public async Task<Credential?> GetAsync(string key, CancellationToken cancellationToken)
    {
        var (code, answer) = await RunAsync("get", key, cancellationToken).ConfigureAwait(false);
        if (code != 0) return null;
        try
        {
            var found = JsonSerializer.Deserialize(answer, RegistryJson.Default.HelperAnswer);
            return found?.Username is null || found.Secret is null ? null
                : new Credential(found.Username, found.Secret, IsToken: found.Username == "<token>");
        }
        catch (JsonException e)
        {
            throw new RegistryException($"the credential helper {_program} answered with something else than JSON", $"try it by hand: {_program} get", e);
        }
    }

    /// <exception cref="RegistryException">It does not take it.</exception>
    public async Task StoreAsync(string key, Credential credential, CancellationToken cancellationToken)
    {
        var request = JsonSerializer.Serialize(new HelperRequest(key, credential.User, credential.Password), RegistryJson.Default.HelperRequest);
        var (code, answer) = await RunAsync("store", request, cancellationToken).ConfigureAwait(false);
        if (code != 0) throw new RegistryException($"the credential helper {_program} does not keep it: {answer.Trim()}", "mend it, or remove it from docker's config.json");
    }

    /// <summary>Harmless where it has none.</summary>
    public Task EraseAsync(string key, CancellationToken cancellationToken) => RunAsync("erase", key, cancellationToken);

    private async Task<(int Code, string Answer)> RunAsync(string verb, string input, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(_program, verb)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            // A helper that fails may not have read what it was given.
            try
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken).ConfigureAwait(false);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // Its exit code says what was wrong.
            }
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var answer = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return (process.ExitCode, answer.Length > 0 ? answer : await errors.ConfigureAwait(false));
        }
        catch (Win32Exception e)
        {
            throw new RegistryException($"the credential helper {_program} cannot be started", "install it, or remove it from docker's config.json", e);
        }
    }
}
