using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Strata.Conformance.Tests;

/// <summary>What came back, whole.</summary>
public sealed class Answer
{
    private readonly Dictionary<string, string[]> _headers = new(StringComparer.OrdinalIgnoreCase);

    private Answer(string request, HttpStatusCode status, byte[] body) => (Request, Status, Body) = (request, status, body);

    public string Request { get; }

    public HttpStatusCode Status { get; }

    public byte[] Body { get; }

    public string Text => Encoding.UTF8.GetString(Body);

    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    public string? Location => Header("Location");

    public string? Digest => Header("Docker-Content-Digest");

    public string? Type => Header("Content-Type");

    public long? Length => Header("Content-Length") is { } text ? long.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    public static async Task<Answer> OfAsync(string method, string path, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var answer = new Answer($"{method} {path}", response.StatusCode, body);
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers)) answer._headers[name] = [.. values];
        // HttpClient works the length out when the server does not say it; then it is no header.
        if (method != "HEAD" && response.Headers.TransferEncodingChunked == true) answer._headers.Remove("Content-Length");
        answer.WarningsHaveTheirForm();
        return answer;
    }

    /// <summary>The header, its values joined; null when it is not there.</summary>
    public string? Header(string name) => _headers.TryGetValue(name, out var values) ? string.Join(", ", values) : null;

    public string[] Values(string name) =>
        [.. _headers.GetValueOrDefault(name, []).SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    public Answer Should(params HttpStatusCode[] expected)
    {
        expected.ShouldContain(Status, $"{Request}: {(int)Status} {(Body.Length > 2000 ? "" : Text)}");
        return this;
    }

    // Distribution spec, "Warnings": code 299, agent "-", a text in quotes, and no date.
    private void WarningsHaveTheirForm()
    {
        foreach (var warning in _headers.GetValueOrDefault("Warning", [])) warning.ShouldMatch("^299 - \"[^\"]*\"$");
    }
}
