using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Strata.Registry.Client.Auth;

namespace Strata.Registry.Client;

public sealed partial class RegistryClient
{
    private const int MaxRedirects = 5;

    /// <summary>A registry that wants a longer one is not waited for: the user is told.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Sends a request that can be made again, answers a challenge once, and follows redirects without carrying credentials along.
    /// </summary>
    /// <param name="registry">Whose credentials count.</param>
    /// <param name="scope">What is asked for, in the token spec's words.</param>
    /// <param name="make">Makes the request; called again when it has to be sent again.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    private async Task<HttpResponseMessage> SendAsync(
        string registry, string scope, Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        var authorization = _authenticator.Known(registry, scope);
        for (var answered = false; ; answered = true)
        {
            var response = await FollowAsync(registry, make, authorization, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.Unauthorized || answered || AuthChallenge.Of(response) is not { } challenge) return response;
            _authenticator.Forget(registry, scope);
            authorization = await _authenticator.AnswerAsync(registry, scope, challenge, cancellationToken).ConfigureAwait(false);
            if (authorization is null) return response;
            response.Dispose();
        }
    }

    private async Task<HttpResponseMessage> FollowAsync(
        string registry, Func<HttpRequestMessage> make, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        Uri? target = null;
        for (var hops = 0; ; hops++)
        {
            using var request = make();
            var origin = request.RequestUri!;
            if (target is not null) request.RequestUri = target;
            if (target is null || SameHost(target, origin)) request.Headers.Authorization = authorization;
            var response = await SendPatientlyAsync(registry, request, make, cancellationToken).ConfigureAwait(false);
            // Only reads are redirected to where the bytes are; an upload's Location is an address, not a redirect.
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location
                || (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)) return response;
            response.Dispose();
            if (hops == MaxRedirects) throw new RegistryException($"{registry} redirects more than {MaxRedirects} times", "this is for the registry's operator to mend");
            target = new Uri(request.RequestUri!, location);
            if (target.Scheme is not ("http" or "https") || (target.Scheme == "http" && request.RequestUri!.Scheme == "https"))
                throw new RegistryException($"{registry} redirects to {target.Scheme}://{target.Host}, which is not safe", "this is for the registry's operator to mend");
        }
    }

    /// <summary>
    /// Sends a read again, after a pause that grows, when the connection broke or the registry is busy for a short time. What a request
    /// changes is not sent twice without its caller's knowing.
    /// </summary>
    private async Task<HttpResponseMessage> SendPatientlyAsync(
        string registry, HttpRequestMessage request, Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
            return await SendOnceAsync(registry, request, cancellationToken).ConfigureAwait(false);
        for (var attempt = 0; ; attempt++)
        {
            using var again = make();
            again.RequestUri = request.RequestUri;
            again.Headers.Authorization = request.Headers.Authorization;
            TimeSpan pause;
            try
            {
                var response = await SendOnceAsync(registry, again, cancellationToken).ConfigureAwait(false);
                if (attempt >= _options.Retries || PauseBefore(response, attempt) is not { } asked) return response;
                response.Dispose();
                pause = asked;
            }
            catch (RegistryException e) when (e.IsTransient && attempt < _options.Retries)
            {
                pause = Backoff(attempt);
            }
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>How long to wait before asking again; null when that would not help, or not soon.</summary>
    private static TimeSpan? PauseBefore(HttpResponseMessage response, int attempt)
    {
        if ((int)response.StatusCode is not (408 or 429 or 502 or 503 or 504)) return null;
        if (response.Headers.RetryAfter is not { } after) return Backoff(attempt);
        return after.Delta is { } delta && delta <= LongestPause ? delta : null;
    }

    private static TimeSpan Backoff(int attempt) => TimeSpan.FromMilliseconds(200 * (1 << attempt));

    private async Task<HttpResponseMessage> SendOnceAsync(string registry, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // An upload may take long to be answered; its own progress is watched by the one who feeds it.
        if (request.Content is null) silence.CancelAfter(_options.Silence);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(registry, e);
        }
        catch (IOException e)
        {
            throw new RegistryException($"the connection to {registry} broke: {e.Message}", "try again", e) { IsTransient = true };
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RegistryException($"{registry} did not answer within {_options.Silence.TotalSeconds:0} s", "try again later, or check the network", e);
        }
    }

    private static bool SameHost(Uri a, Uri b) =>
        string.Equals(a.Host, b.Host, StringComparison.OrdinalIgnoreCase) && a.Port == b.Port && a.Scheme == b.Scheme;

    private static RegistryException Unreachable(string registry, HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => new($"the host {registry} is unknown",
            "check the name for a typing error, and that this machine has a network", e),
        HttpRequestError.SecureConnectionError => new($"no secure connection to {registry}: {e.InnerException?.Message ?? e.Message}",
            $"if it speaks plain http, name it in \"insecure-registries\" of Strata's configuration", e),
        _ when e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } =>
            new($"nothing answers at {registry}: the connection was refused", "check that the registry runs, and its port (`strata status` for the local hub)", e),
        _ => new($"{registry} cannot be reached: {e.InnerException?.Message ?? e.Message}", "check the name and the network, then try again", e)
        {
            IsTransient = e.HttpRequestError is HttpRequestError.Unknown or HttpRequestError.ResponseEnded or HttpRequestError.ConnectionError,
        },
    };

    /// <summary>Turns an answer that is no success into words. Reads the spec's error JSON where there is one.</summary>
    private static async Task<RegistryException> RefusedAsync(
        HttpResponseMessage response, string registry, string what, string? notFoundAdvice, CancellationToken cancellationToken)
    {
        var reason = await ReasonAsync(response, cancellationToken).ConfigureAwait(false);
        var (why, advice) = (int)response.StatusCode switch
        {
            // We have a token, and it is for less: that is what we may.
            401 when AuthChallenge.Of(response)?["error"] == "insufficient_scope" && response.RequestMessage?.Headers.Authorization is not null => Forbidden(registry),
            401 => ("it wants to know who you are", $"log in: strata login {registry}"),
            // A registry may refuse for other reasons, such as a quota.
            403 when reason is not null => ("you may not do that", $"do what its reason says, or log in as somebody who may: strata login {registry}"),
            403 => Forbidden(registry),
            404 => ("it is not there", notFoundAdvice ?? "check the name for a typing error"),
            413 => ("it is too large for the registry", "ask the registry's operator for a higher limit"),
            429 => ("too many requests", RetryAdvice(response)),
            507 => ("the registry's disk is full", "ask the registry's operator for room"),
            >= 500 => ($"the registry has a fault of its own ({(int)response.StatusCode})", "try again later"),
            var other => ($"it answered {other}", "check the name; the registry may not support this"),
        };
        return new RegistryException($"{registry} refused {what}: {why}{(reason is null ? "" : $" ({reason})")}", advice) { Status = response.StatusCode };
    }

    private static (string Why, string Advice) Forbidden(string registry) => ("you may not do that", $"log in as somebody who may: strata login {registry}");

    private static string RetryAdvice(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => $"try again in {delta.TotalSeconds:0} s, or log in for a higher limit",
        { Date: { } date } => $"try again after {date:u}, or log in for a higher limit",
        _ => "try again later, or log in for a higher limit",
    };

    private static async Task<string?> ReasonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var body = await BoundedContent.ReadAsync(response.Content, 64 * 1024, "an error", cancellationToken).ConfigureAwait(false);
            if (body.Length == 0) return null;
            var error = JsonSerializer.Deserialize(body, RegistryJson.Default.ErrorList)?.Errors?.FirstOrDefault();
            var text = error?.Message is { Length: > 0 } message ? message : error?.Code;
            return text is null ? null : string.Concat(text.Take(200).Where(c => !char.IsControl(c)));
        }
        catch (Exception e) when (e is JsonException or RegistryException or IOException or HttpRequestException)
        {
            return null; // an error page of a proxy, or none: the status has to do
        }
    }
}
