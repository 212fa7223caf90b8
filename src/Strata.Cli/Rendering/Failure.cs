using Strata.Build;
using Strata.Containers;
using Strata.Content;
using Strata.Images;
using Strata.Layers;
using Strata.Oci;
using Strata.Registry.Client;
using Strata.Vulnerabilities.Advisories;
using Strata.Vulnerabilities.Versions;

namespace Strata.Cli.Rendering;

/// <summary>A failure as a person sees it: what and why in one line, what to do in the next. Never a stack trace.</summary>
internal sealed record Failure(string Message, string? Advice, int ExitCode)
{
    private const int DiskFull = 28;
    private const int QuotaUsedUp = 122;

    /// <summary>Null for what is a fault of ours: that shall be seen as one.</summary>
    public static Failure? Of(Exception e) => e switch
    {
        UsageException u => new Failure(u.Message, u.Advice, Cli.ExitCode.WrongUsage),
        CommandException c => new Failure(c.Message, c.Advice, Cli.ExitCode.Failed),
        BuildException b => new Failure(b.Message, b.Advice, Cli.ExitCode.Failed),
        ImageException i => new Failure(i.Message, i.Advice, Cli.ExitCode.Failed),
        RegistryException r => new Failure(r.Message, r.Advice, Cli.ExitCode.Failed),
        ContainerException c => new Failure(c.Message, c.Advice, Cli.ExitCode.Failed),
        StoreException s => new Failure(s.Message, s.Advice, Cli.ExitCode.Failed),
        AdvisoryUpdateException or AdvisoryDatabaseException => new Failure(e.Message, null, Cli.ExitCode.Failed),
        UnknownEcosystemException => new Failure(e.Message, null, Cli.ExitCode.WrongUsage),
        FormatException => new Failure(e.Message, null, Cli.ExitCode.WrongUsage),
        DocumentException or LayerException or ContentMismatchException or ContentMissingException =>
            new Failure(e.Message, "the store is damaged there; pull the image again", Cli.ExitCode.Failed),
        AggregateException { InnerExceptions: [var inner, ..] } => Of(inner),
        IOException io when (io.HResult & 0xffff) is DiskFull or QuotaUsedUp =>
            new Failure("the disk is full", "make room, then run the command again: it goes on where it stopped", Cli.ExitCode.Failed),
        IOException or UnauthorizedAccessException => new Failure(e.Message, "check the path and your rights to it", Cli.ExitCode.Failed),
        HttpRequestException => new Failure($"the network failed: {e.Message}", "try again", Cli.ExitCode.Failed),
        _ => null,
    };

    public void Write(TextWriter writer)
    {
        writer.WriteLine($"strata: {Visible(Message)}");
        if (Advice is not null) writer.WriteLine($"  {Visible(Advice)}");
    }

    /// <summary>Messages quote what registries and images say; a terminal must not obey it.</summary>
    private static string Visible(string text) => string.Concat(text.Select(c => char.IsControl(c) && c != '\n' ? '\uFFFD' : c));
}
