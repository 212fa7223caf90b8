using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Strata.Cli.Tests;

/// <summary>A registry that knows nothing but its log-in: a token service that takes one password, and `/v2/`, which takes its token.</summary>
internal sealed class TokenRegistry : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _basic;

    private TokenRegistry(int port, string user, string password)
    {
        Address = $"127.0.0.1:{port}";
        _basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        _listener.Prefixes.Add($"http://{Address}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    public static TokenRegistry Start(string user, string password)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        return new TokenRegistry(port, user, password);
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true) Answer(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var given = context.Request.Headers["Authorization"];
        using var response = context.Response;
        if (context.Request.Url!.AbsolutePath == "/token")
        {
            response.StatusCode = given == _basic ? 200 : 401;
            if (given == _basic) response.OutputStream.Write("""{"token":"good"}"""u8);
            return;
        }
        if (given == "Bearer good") return;
        response.StatusCode = 401;
        response.AddHeader("WWW-Authenticate", $"Bearer realm=\"http://{Address}/token\",service=\"test\"");
    }
}
