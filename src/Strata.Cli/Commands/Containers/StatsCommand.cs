using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Cli.Rendering;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

internal static class StatsCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var containers = new Argument<string[]>("CONTAINER") { Description = "Containers; all that run without", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all", "-a") { Description = "Those that do not run, too" };
        var once = new Option<bool>("--no-stream") { Description = "Only once" };
        var whole = new Option<bool>("--no-trunc") { Description = "Show IDs whole" };
        return new Command("stats", "Show what containers use") { containers, all, once, whole }.Does(async (parsed, session, cancellationToken) =>
        {
            var before = new Dictionary<string, ContainerStats>(StringComparer.Ordinal);
            // What was used is a difference: the first look shows nothing.
            for (var look = 0; ; look++)
            {
                var records = await FindAsync(parsed.GetValue(containers) ?? [], parsed.GetValue(all), session, cancellationToken).ConfigureAwait(false);
                var rows = records.Select(r => (Record: r, Now: session.Containers.Stats(r))).ToArray();
                if (look > 0) Show(rows, before, session, parsed.GetValue(whole), clear: look > 1);
                if (look > 0 && parsed.GetValue(once)) return ExitCode.Done;
                foreach (var (record, now) in rows) before[record.Id] = now;
                await Task.Delay(look == 0 ? Interval / 4 : Interval, cancellationToken).ConfigureAwait(false);
            }
        });
    }

    private static async Task<IReadOnlyList<ContainerRecord>> FindAsync(string[] names, bool all, Session session, CancellationToken cancellationToken)
    {
        if (names.Length == 0) return [.. (await session.Containers.ListAsync(cancellationToken).ConfigureAwait(false)).Where(r => all || r.State.Pid > 0)];
        var found = new List<ContainerRecord>();
        foreach (var name in names) found.Add(await session.Containers.FindAsync(name, cancellationToken).ConfigureAwait(false));
        return found;
    }

    private static void Show((ContainerRecord Record, ContainerStats Now)[] rows, Dictionary<string, ContainerStats> before, Session session, bool whole, bool clear)
    {
        if (clear && !Console.IsOutputRedirected) Console.Out.Write("\u001b[H\u001b[J");
        session.Output.List(rows, r => ToJson(r.Record, r.Now, before.GetValueOrDefault(r.Record.Id), whole), r => ToTable([.. r.Select(x => ToJson(x.Record, x.Now, before.GetValueOrDefault(x.Record.Id), whole))]), r => r.Record.ShortId);
    }

    private static JsonObject ToJson(ContainerRecord record, ContainerStats now, ContainerStats? before, bool whole)
    {
        var share = before is not null && now.Time > before.Time ? (now.CpuTime - before.CpuTime) / (now.Time - before.Time) * 100 : 0;
        return new JsonObject
        {
            ["ID"] = whole ? record.Id : record.ShortId,
            ["Container"] = whole ? record.Id : record.ShortId,
            ["Name"] = record.Name,
            ["CPUPerc"] = Percent(Math.Max(0, share)),
            ["MemUsage"] = $"{Binary(now.Memory)} / {Binary(now.MemoryLimit)}",
            ["MemPerc"] = Percent(now.MemoryLimit > 0 ? now.Memory * 100.0 / now.MemoryLimit : 0),
            ["NetIO"] = $"{Sizes.Text(now.NetworkReceived)} / {Sizes.Text(now.NetworkSent)}",
            ["BlockIO"] = $"{Sizes.Text(now.BlockRead)} / {Sizes.Text(now.BlockWritten)}",
            ["PIDs"] = now.Processes.ToString(CultureInfo.InvariantCulture),
            ["MemoryBytes"] = now.Memory,
            ["MemoryLimitBytes"] = now.MemoryLimit,
        };
    }

    private static TextTable ToTable(IReadOnlyList<JsonObject> rows)
    {
        var table = new TextTable("CONTAINER ID", "NAME", "CPU %", "MEM USAGE / LIMIT", "MEM %", "NET I/O", "BLOCK I/O", "PIDS");
        foreach (var row in rows)
            table.Add([.. ((string[])["ID", "Name", "CPUPerc", "MemUsage", "MemPerc", "NetIO", "BlockIO", "PIDs"]).Select(f => row[f]!.GetValue<string>())]);
        return table;
    }

    private static string Percent(double value) => value.ToString("0.00", CultureInfo.InvariantCulture) + "%";

    /// <summary>Memory in units of 1024, as docker has it.</summary>
    private static string Binary(long bytes)
    {
        double value = bytes;
        var unit = 0;
        for (; value >= 1024 && unit < 4; unit++) value /= 1024;
        return value.ToString(value >= 100 ? "0.#" : "0.###", CultureInfo.InvariantCulture) + ((string[])["B", "KiB", "MiB", "GiB", "TiB"])[unit];
    }
}
