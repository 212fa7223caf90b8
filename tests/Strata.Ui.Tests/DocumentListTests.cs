using Bunit;
using Strata.Images;
using Strata.Oci;
using Strata.Ui.Images;

namespace Strata.Ui.Tests;

public sealed class DocumentListTests : BunitContext
{
    private static readonly Descriptor Statement = new()
    {
        MediaType = "application/vnd.in-toto+json",
        Digest = Digest.Of("statement"u8),
        Size = 2_000,
        Annotations = new Dictionary<string, string> { ["in-toto.io/predicate-type"] = "https://slsa.dev/provenance/v1" },
    };

    [Fact]
    public void What_is_attached_is_named_by_what_it_is()
    {
        var page = RenderList([
            new Attachment { AttachedBy = AttachedBy.Index, Manifest = Statement.Digest, Content = Statement },
            new Attachment { AttachedBy = AttachedBy.Tag, Manifest = Digest.Of("b"u8), Fault = "it has the media type text/html" },
        ]);
        page.FindAll("tbody th").Select(t => t.TextContent).ShouldBe(["Provenance (SLSA)", "Cannot be read"]);
        page.FindAll("tbody a").ShouldHaveSingleItem().GetAttribute("href").ShouldBe("/d/" + Statement.Digest);
        page.Markup.ShouldContain("it has the media type text/html");
        page.Markup.ShouldContain("entry of the index");
    }

    [Fact]
    public void Nothing_attached_says_how_to_attach_something()
    {
        var page = RenderList([]);
        page.Markup.ShouldContain("strata sbom --attach HOST/app:1");
        page.FindAll("a[download]").Select(a => a.GetAttribute("href")).ShouldBe(["/x/cyclonedx.json", "/x/spdx.json"]);
    }

    [Fact]
    public void What_is_not_known_is_not_shown_as_nothing()
    {
        var page = Render<DocumentList>(p => p.Add(v => v.Attached, null).Add(v => v.Made, f => "/x/" + f).Add(v => v.Name, "HOST/app:1").Add(v => v.Instead, "The registry is down"));
        page.Markup.ShouldContain("The registry is down");
        page.Markup.ShouldNotContain("Nobody has attached");
    }

    private IRenderedComponent<DocumentList> RenderList(IReadOnlyList<Attachment> attached) => Render<DocumentList>(p => p
        .Add(v => v.Attached, attached).Add(v => v.Made, f => "/x/" + f).Add(v => v.Name, "HOST/app:1").Add(v => v.Href, d => "/d/" + d.Digest));
}
