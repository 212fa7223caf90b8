using System.Text.Json;

namespace Strata.Vulnerabilities.Forms;

/// <summary>All forms; a record's own members tell which one it has.</summary>
internal static class FeedForms
{
    private static readonly RecordForm[] Records =
    [
        new DebianTrackerForm(), new DebianExportForm(), new DebianListForm(), new SecdbLineForm(), new SecdbForm(), new WolfiForm(), new ComposerForm(), new RubyForm(), new RustForm(),
        new NodeForm(), new DotNetForm(), new CsafForm(), new OsvForm(),
    ];

    private static readonly FactForm[] Facts = [new KevForm(), new VulnrichmentForm()];

    public static RecordForm OfRecord(JsonElement record) => Array.Find(Records, f => f.Fits(record))!;

    public static FactForm? OfFact(JsonElement record) => Array.Find(Facts, f => f.Fits(record));
}
