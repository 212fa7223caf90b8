using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strata.Cli.Product;

/// <summary>
/// One background process of the product: started away from the terminal, found again by later commands, stopped with all that it started.
/// What is known of it lies in ROOT/run; the process itself is believed only when its start time is the one that was written down.
/// </summary>
internal sealed class Service(string name, string runFolder)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);
    private readonly string _stateFile = Path.Combine(runFolder, name + ".json");

    public string Name => name;

    public string LogFile => Path.Combine(runFolder, name + ".log");

    /// <summary>Null when it does not run.</summary>
    public ServiceState? Running()
    {
        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllBytes(_stateFile), ServiceJson.Default.ServiceState);
            return state is not null && ProcessTable.StartTime(state.Pid) == state.StartTime ? state : null;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <exception cref="CommandException">It ended, or does not answer; the message has what it said.</exception>
    public Task<ServiceState> StartAsync(string program, IReadOnlyList<string> arguments, string address, CancellationToken cancellationToken) =>
        StartAsync(program, arguments, address, () => AnswersAsync(address, cancellationToken), cancellationToken);

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <inheritdoc cref="StartAsync(string, IReadOnlyList{string}, string, CancellationToken)" path="/exception"/>
    public async Task<ServiceState> StartAsync(string program, IReadOnlyList<string> arguments, string address, Func<Task<bool>> isReady, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(runFolder);
        // exec keeps the process id; setsid takes it away from this terminal and makes it the head of a session of its own.
        var start = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", "exec setsid \"$@\" </dev/null >\"$STRATA_LOG\" 2>&1", "sh", program },
            Environment = { ["STRATA_LOG"] = LogFile },
            WorkingDirectory = "/",
            UseShellExecute = false,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var state = new ServiceState(process.Id, ProcessTable.StartTime(process.Id) ?? 0, address);
        await File.WriteAllBytesAsync(_stateFile, JsonSerializer.SerializeToUtf8Bytes(state, ServiceJson.Default.ServiceState), cancellationToken).ConfigureAwait(false);
        await WaitUntilReadyAsync(process, address, isReady, cancellationToken).ConfigureAwait(false);
        return state;
    }

    /// <summary>Asks it to end, waits, and ends what is left of its session. False when it did not run.</summary>
    public async Task<bool> StopAsync(CancellationToken cancellationToken)
    {
        if (Running() is not { } state) return false;
        ProcessTable.Terminate(state.Pid);
        var waited = Stopwatch.StartNew();
        while (ProcessTable.StartTime(state.Pid) == state.StartTime && waited.Elapsed < StopLimit)
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken).ConfigureAwait(false);
        foreach (var left in ProcessTable.OfSession(state.Pid)) ProcessTable.Kill(left);
        File.Delete(_stateFile);
        return true;
    }

    private static async Task<bool> AnswersAsync(string address, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            using var response = await http.GetAsync(new Uri($"http://{address}/healthz"), cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false; // not yet
        }
    }

    private async Task WaitUntilReadyAsync(Process process, string address, Func<Task<bool>> isReady, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < StartLimit)
        {
            if (process.HasExited) throw new CommandException($"the {name} ended at once: {LastWords()}", $"the whole of it is in {LogFile}");
            if (await isReady().ConfigureAwait(false)) return;
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken).ConfigureAwait(false);
        }
        throw new CommandException($"the {name} does not answer{(address.Length > 0 ? " at " + address : "")} after {StartLimit.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s", $"see {LogFile}");
    }

    private string LastWords()
    {
        var lines = File.Exists(LogFile) ? File.ReadLines(LogFile).Where(l => l.Trim().Length > 0).TakeLast(3).ToArray() : [];
        return lines.Length == 0 ? "it said nothing" : string.Join(" / ", lines.Select(l => l.Trim()));
    }
}

/// <param name="StartTime">In clock ticks since boot: with the process id, it names one process for good.</param>
/// <param name="Address">Host and port; empty for one that has none.</param>
internal sealed record ServiceState(int Pid, long StartTime, string Address);

[JsonSerializable(typeof(ServiceState))]
internal sealed partial class ServiceJson : JsonSerializerContext;
