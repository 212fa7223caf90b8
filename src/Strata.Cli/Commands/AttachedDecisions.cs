using Strata.Images;
using Strata.Oci;
using Strata.Packages.Formats.Attached;
using Strata.Registry.Client;
using Strata.Vulnerabilities.Decisions;

namespace Strata.Cli.Commands;

/// <summary>Finds the decisions among what is attached to an image in its registry. One that cannot be read is told, and does not hide the others.</summary>
internal static class AttachedDecisions
{
    private const int MostBytes = 64 * 1024 * 1024;

    public static async Task<IReadOnlyList<Decision>> ReadAsync(Session session, string what, Platform? platform, CancellationToken cancellationToken)
    {
        var attached = await session.Images.ListAttachmentsAsync(Arguments.ToReference(what), platform, cancellationToken).ConfigureAwait(false);
        var decisions = new List<Decision>();
        foreach (var item in attached.Items.Where(MayDecide))
        {
            try
            {
                var bytes = await session.Images.ReadAttachmentAsync(attached.Name, item.Content!, MostBytes, cancellationToken).ConfigureAwait(false);
                if (AttachedStatement.Unwrap(bytes, attached.Subjects, VexTypes.IsPredicate) is { } statement && DecisionReader.Fits(statement.Content))
                    decisions.AddRange(DecisionReader.Read(statement.Content, $"{item.Content!.Digest.Short}, attached to {what}"));
            }
            catch (Exception e) when (e is InvalidDataException or ImageException or RegistryException)
            {
                await Console.Error.WriteLineAsync($"strata: {item.Content!.Digest.Short}, attached to {what}, cannot be read as decisions: {e.Message}").ConfigureAwait(false);
            }
        }

        return decisions;
    }

    /// <summary>What tools without a type for files attach is told by the artifact's type alone.</summary>
    private static bool MayDecide(Attachment item) => item.Content is { } content
        && (VexTypes.IsMediaType(content.MediaType) || VexTypes.IsMediaType(item.ArtifactType) || SbomTypes.IsStatement(content.MediaType));
}
