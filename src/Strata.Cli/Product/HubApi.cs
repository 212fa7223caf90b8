using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Registry.Client;

namespace Strata.Cli.Product;

/// <summary>A hub's API, for those who administer it.</summary>
/// <param name="hub">Host and port.</param>
/// <param name="api">The address of <c>/api/v1/</c>.</param>
/// <param name="credential">Whose word it is.</param>
internal sealed class HubApi(string hub, Uri api, Credential credential) : IDisposable
{
    /// <summary>The first administrator, whose password the hub keeps in a file until it is changed.</summary>
    private const string Administrator = "admin";

    /// <summary>Who may publish official images, and administers a hub without accounts.</summary>
    private const string Publisher = "publisher";

    // Collecting garbage and checking blobs take as long as they take.
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };

    public string User => credential.User;

    /// <summary>
    /// As who is meant: the first administrator where the hub's folder is here and has the password; else who has logged in to the hub; else,
    /// without accounts, the publisher whose password is in the folder.
    /// </summary>
    /// <exception cref="CommandException">Neither is there.</exception>
    public static async Task<HubApi> OpenAsync(Session session, string? hub, string? data, CancellationToken cancellationToken)
    {
        var services = new Services(session.Root);
        var host = hub ?? services.Hub.Running()?.Address ?? "127.0.0.1:5000";
        // A folder on this machine is of the hub on this machine, unless both are named.
        var folder = hub is null || data is not null ? data ?? services.HubData : null;
        var credential = await FromFolderAsync(folder, "admin-password", Administrator, cancellationToken).ConfigureAwait(false)
            ?? await new DockerConfigCredentials(DockerConfigCredentials.DefaultPath).FindAsync(host, cancellationToken).ConfigureAwait(false);
        // A hub with accounts has a publisher, too, who may administer nothing; only such a hub signs tokens.
        if (credential is null && folder is not null && !File.Exists(Path.Combine(folder, "token-key")))
            credential = await FromFolderAsync(folder, "publisher-secret", Publisher, cancellationToken).ConfigureAwait(false);
        if (credential is null or { IsToken: true })
        {
            throw new CommandException(
                $"nobody is logged in to {host}", $"log in as an administrator: strata login {host}; or name the hub's folder with --data, which has the first one's password");
        }
        return new HubApi(host, new Uri(session.Registries.AddressOf(host), "api/v1/"), credential);
    }

    public async Task<JsonArray> ListAsync(string path, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Get, path, body: null, cancellationToken).ConfigureAwait(false) as JsonArray ?? [];

    /// <returns>The answer, or null where it has no body.</returns>
    /// <exception cref="CommandException">The hub refuses, or cannot be reached.</exception>
    public async Task<JsonNode?> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(api, path));
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.User}:{credential.Password}")));
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var answer = Parse(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
            return response.IsSuccessStatusCode ? answer : throw Refused(response, answer);
        }
        catch (HttpRequestException e)
        {
            throw new CommandException($"the hub {hub} cannot be reached: {e.Message}", "check that it runs, or name another one with --hub");
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<Credential?> FromFolderAsync(string? folder, string name, string user, CancellationToken cancellationToken)
    {
        if (folder is null || Path.Combine(folder, name) is var file && !File.Exists(file)) return null;
        return new Credential(user, (await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)).Trim());
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null; // something else than a hub answers; its status has to do
        }
    }

    private CommandException Refused(HttpResponseMessage response, JsonNode? answer)
    {
        var detail = (answer as JsonObject)?["detail"]?.GetValue<string>();
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new CommandException($"{hub} refused '{credential.User}': wrong user name or password", $"log in again: strata login {hub}"),
            HttpStatusCode.NotFound when detail is null && IsOfAccounts(response) => new CommandException(
                $"{hub} has no accounts", "start it with a configuration that has {\"auth\": {\"mode\": \"accounts\"}}: strata hub serve --config FILE"),
            _ => new CommandException($"{hub} refused: {detail ?? $"it answered {(int)response.StatusCode}"}", "see `strata hub --help`"),
        };
    }

    private static bool IsOfAccounts(HttpResponseMessage response) =>
        response.RequestMessage?.RequestUri?.AbsolutePath.Contains("/accounts/", StringComparison.Ordinal) == true;
}
