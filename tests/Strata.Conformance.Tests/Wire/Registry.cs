using System.Net;
using Strata.Testing;

[assembly: AssemblyFixture(typeof(Strata.Conformance.Tests.Registry))]

namespace Strata.Conformance.Tests;

/// <summary>The registry that is judged: a hub of this build, or the one that STRATA_CONFORMANCE_URL names.</summary>
public sealed class Registry : IAsyncLifetime
{
    private readonly HubProcess? _hub;

    public Registry()
    {
        var other = Environment.GetEnvironmentVariable("STRATA_CONFORMANCE_URL");
        if (string.IsNullOrEmpty(other)) _hub = new HubProcess();
        else Client.BaseAddress = new Uri(other);
    }

    public HttpClient Client { get; } = new() { Timeout = TimeSpan.FromMinutes(2) };

    public async ValueTask InitializeAsync()
    {
        if (_hub is null) return;
        await _hub.InitializeAsync();
        Client.BaseAddress = new Uri("http://" + _hub.Address);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_hub is not null) await _hub.DisposeAsync();
    }

    /// <summary>A repository that nothing was ever pushed to.</summary>
    public Repository Fresh() => Named("conformance/" + Guid.NewGuid().ToString("n"));

    public Repository Named(string name) => new(this, name);

    public Task<Answer> SendAsync(string method, string path, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        ByteArrayContent? content = body is null ? null : new(body);
        return SendAsync(method, path, content, headers);
    }

    public async Task<Answer> SendAsync(string method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Client.BaseAddress!, path))
        {
            Content = content,
            Version = HttpVersion.Version20, // where TLS agrees on it, else HTTP/1.1
        };
        foreach (var (name, value) in headers)
        {
            if (name == "Transfer-Encoding") request.Headers.TransferEncodingChunked = true;
            else if (!request.Headers.TryAddWithoutValidation(name, value)) content!.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(method, path, response, TestContext.Current.CancellationToken);
    }

    /// <summary>For what the spec lets a registry do without: ours has it, and another's lack of it is no fault.</summary>
    public void Optional(bool there, string what)
    {
        if (_hub is null) Assert.SkipUnless(there, $"the registry does without {what}, as it may");
        there.ShouldBeTrue($"the hub must have {what}");
    }
}
