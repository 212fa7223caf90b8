using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>Tags of a repository (distribution spec, "Listing Tags") and the catalogue (Docker registry API). Pages cost the same at any depth.</summary>
internal sealed class ListEndpoints(RegistryDatabase database, Gate gate, Mirrors mirrors, TagMirror mirror, RegistryOptions options)
{
    public async ValueTask<RegistryFault?> TagsAsync(HttpContext context, string repository)
    {
        if (!Page.TryRead(context.Request.Query, options.MaxPage, out var page)) return Invalid(context);
        var tags = await TagsAsync(repository, page, context.RequestAborted).ConfigureAwait(false);
        if (tags is null) return RegistryFault.NameUnknown(repository);
        await WriteAsync(context, $"/v2/{repository}/tags/list", page, tags, "tags", repository).ConfigureAwait(false);
        return null;
    }

    private async ValueTask<List<string>?> TagsAsync(string repository, Page page, CancellationToken cancellationToken)
    {
        if (mirrors.Find(repository) is { } home)
        {
            try
            {
                return await mirror.ListAsync(home, page.After, page.Most + 1, cancellationToken).ConfigureAwait(false);
            }
            catch (UpstreamException) when (database.Read(repository, static (r, name) => r.HasManifests(name)))
            {
                // Those that are here are better than none.
            }
        }
        return database.Read((repository, page), static (r, s) => r.Tags(s.repository, s.page.After, s.page.Most + 1));
    }

    public async ValueTask<RegistryFault?> CatalogAsync(HttpContext context)
    {
        if (!Page.TryRead(context.Request.Query, options.MaxPage, out var page)) return Invalid(context);
        var visible = await gate.VisibleAsync(context).ConfigureAwait(false);
        var names = visible is null ? Names(page.After, page.Most + 1) : Names(page, visible);
        await WriteAsync(context, "/v2/_catalog", page, names, "repositories", name: null).ConfigureAwait(false);
        return null;
    }

    /// <summary>One more than the page has, of those that the client may see.</summary>
    private List<string> Names(Page page, Predicate<string> visible)
    {
        var names = new List<string>();
        for (var after = page.After; ;)
        {
            var next = Names(after, options.MaxPage);
            names.AddRange(next.Where(n => visible(n)).Take(page.Most + 1 - names.Count));
            if (names.Count > page.Most || next.Count < options.MaxPage) return names;
            after = next[^1];
        }
    }

    private List<string> Names(string after, int most) => database.Read((after, most), static (r, s) => r.Repositories(s.after, s.most));

    private static RegistryFault Invalid(HttpContext context) => RegistryFault.PageInvalid(context.Request.Query["n"].ToString());

    private static async ValueTask WriteAsync(HttpContext context, string path, Page page, List<string> entries, string member, string? name)
    {
        // One more than asked for was read: that it is there means that there is a next page.
        if (entries.Count > page.Most)
        {
            entries.RemoveAt(entries.Count - 1);
            if (entries.Count > 0) context.Response.Headers.Link = page.Link(path, entries[^1]);
        }
        var content = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(content))
        {
            json.WriteStartObject();
            if (name is not null) json.WriteString("name"u8, name);
            json.WriteStartArray(member);
            foreach (var entry in entries) json.WriteStringValue(entry);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = content.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.BodyWriter.WriteAsync(content.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }
}
