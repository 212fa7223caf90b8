using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

internal static class PsCommand
{
    public static Command Create(string name = "ps")
    {
        var all = new Option<bool>("--all", "-a") { Description = "Those that do not run, too" };
        var last = new Option<int?>("--last", "-n") { Description = "The last that were made", HelpName = "N" };
        var latest = new Option<bool>("--latest", "-l") { Description = "The last that was made" };
        var whole = new Option<bool>("--no-trunc") { Description = "Show all whole" };
        var size = new Option<bool>("--size", "-s") { Description = "Show what they have changed, in bytes" };
        var filters = new Option<string[]>("--filter", "-f") { Description = "status=, name=, id=, label=, ancestor=, exited=, health=, before=, since=, network=, volume=", HelpName = "FILTER" };
        return new Command(name, "List containers") { all, last, latest, whole, size, filters }.Does(async (parsed, session, cancellationToken) =>
        {
            var records = await session.Containers.ListAsync(cancellationToken).ConfigureAwait(false);
            var filter = new ContainerFilter(parsed.GetValue(filters) ?? [], records);
            var count = parsed.GetValue(latest) ? 1 : parsed.GetValue(last) ?? -1;
            IEnumerable<ContainerRecord> shown = records.Where(filter.Matches);
            if (count < 0 && !parsed.GetValue(all) && !filter.IsOfState) shown = shown.Where(r => r.State.Status is ContainerStatus.Running or ContainerStatus.Paused or ContainerStatus.Restarting);
            if (count >= 0) shown = shown.Take(count);
            var now = session.Clock.GetUtcNow();
            var (isWhole, sized) = (parsed.GetValue(whole), parsed.GetValue(size));
            session.Output.List([.. shown], r => ToJson(r, session, isWhole, sized, now), r => ToTable(r, session, isWhole, sized, now), r => isWhole ? r.Id : r.ShortId);
            return ExitCode.Done;
        });
    }

    private static JsonObject ToJson(ContainerRecord record, Session session, bool whole, bool sized, DateTimeOffset now) => new()
    {
        ["ID"] = whole ? record.Id : record.ShortId,
        ["Names"] = record.Name,
        ["Image"] = record.Image.Name,
        ["ImageID"] = record.Image.Id.ToString(),
        ["Command"] = ContainerText.Command(record, whole),
        ["CreatedAt"] = record.Created.ToString("yyyy-MM-dd HH:mm:ss zz00 'UTC'", CultureInfo.InvariantCulture),
        ["RunningFor"] = Ages.Ago(record.Created, now),
        ["State"] = ContainerText.State(record),
        ["Status"] = ContainerText.Status(record, now),
        ["ExitCode"] = record.State.ExitCode,
        ["Pid"] = record.State.Pid,
        ["Ports"] = ContainerText.Ports(record),
        ["Labels"] = string.Join(',', record.Spec.Labels.Select(l => $"{l.Key}={l.Value}")),
        ["Mounts"] = ContainerText.Mounts(record),
        ["Networks"] = ContainerText.Networks(record),
        ["Size"] = sized ? Sizes.Text(session.Containers.WritableBytes(record)) : "0B",
    };

    private static TextTable ToTable(IReadOnlyCollection<ContainerRecord> records, Session session, bool whole, bool sized, DateTimeOffset now)
    {
        var table = new TextTable(["CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES", .. sized ? (string[])["SIZE"] : []]);
        foreach (var record in records)
        {
            table.Add([
                whole ? record.Id : record.ShortId, record.Image.Name, ContainerText.Command(record, whole), Ages.Ago(record.Created, now), ContainerText.Status(record, now),
                ContainerText.Ports(record), record.Name, .. sized ? (string[])[Sizes.Text(session.Containers.WritableBytes(record))] : [],
            ]);
        }
        return table;
    }
}
