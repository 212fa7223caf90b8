using Strata.Oci;
using Strata.Vulnerabilities.Publishing;

namespace Strata.Vulnerabilities.Advisories;

/// <summary>Puts a database that somebody else made in the place of the local one, whole or not at all.</summary>
/// <param name="databasePath">There may be none yet.</param>
public sealed class AdvisoryReplacement(string databasePath)
{
    /// <param name="make">Makes the file at the path that it is given. What is there first is a copy of the local one, if there is one.</param>
    /// <param name="expected">The digest that the file is to have.</param>
    /// <param name="cancellationToken">Ends it; the old one stays.</param>
    /// <exception cref="AdvisoryUpdateException">It is not the expected one, or none that this version reads, or another update is under way; the old one stays.</exception>
    public async Task<AdvisoryStatus> ReplaceAsync(Func<string, Task> make, Digest expected, CancellationToken cancellationToken)
    {
        try
        {
            var path = Path.GetFullPath(databasePath);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var workplace = UpdateWorkplace.Enter(path);
            if (File.Exists(path)) File.Copy(path, workplace.Draft, overwrite: true);
            await make(workplace.Draft).ConfigureAwait(false);
            var digest = await DatabaseFiles.DigestAsync(workplace.Draft, cancellationToken).ConfigureAwait(false);
            if (digest != expected) throw new AdvisoryUpdateException($"the advisories were not replaced: what was fetched is {digest.Short}, and {expected.Short} was promised; try again");
            // Opened before it counts: what this version cannot read is no database here.
            var status = AdvisoryDatabase.StatusOf(workplace.Draft);
            workplace.Publish();
            return status with { Path = path };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or AdvisoryDatabaseException)
        {
            throw new AdvisoryUpdateException($"the advisories were not replaced: {e.Message}", e);
        }
    }
}
