using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Strata.Build.Steps;
using Strata.Content;

namespace Strata.Build.History;

/// <summary>Keeps the record of a build that goes on, and passes on what is said of it.</summary>
internal sealed class RecordedBuild : IBuildProgress, IDisposable
{
    private readonly string _folder;
    private readonly IBuildProgress? _inner;
    private readonly TimeProvider _clock;
    private readonly FileLock _held;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, RecordedStep> _steps = [];
    private readonly List<BuildWarning> _warnings = [];
    private readonly FileStream _log;
    private BuildRecord _record;

    private RecordedBuild(string folder, BuildRecord record, IBuildProgress? inner, TimeProvider clock)
    {
        (_folder, _record, _inner, _clock) = (folder, record, inner, clock);
        Directory.CreateDirectory(folder);
        _held = FileLock.Exclusive(Path.Combine(folder, BuildHistory.LockFile));
        _log = new FileStream(Path.Combine(folder, BuildHistory.LogFile), FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
        Write();
    }

    public static RecordedBuild Begin(string root, BuildOptions options, IBuildProgress? inner, TimeProvider clock)
    {
        var history = new BuildHistory(root);
        var now = clock.GetUtcNow();
        // By its beginning, so that names are in the order of time.
        var id = $"{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
        Forget(history.Folder);
        return new RecordedBuild(Path.Combine(history.Folder, id), new BuildRecord
        {
            Id = id,
            Started = now,
            Context = GitSource.WithoutCredentials(options.Context),
            Dockerfile = options.Dockerfile ?? "Dockerfile",
            Target = options.Target,
            Platforms = [.. options.Platforms.Select(p => p.ToString())],
            Names = [.. options.Names.Select(n => n.Familiar)],
        }, inner, clock);
    }

    public void Update(BuildStep step)
    {
        lock (_gate)
        {
            var started = _steps.TryGetValue(step.Number, out var before) ? before.Started : _clock.GetUtcNow();
            _steps[step.Number] = new RecordedStep(step.Number, step.Name, step.State, started, Math.Round(step.Elapsed.TotalSeconds, 3), step.Reason, step.Error);
            // A build in which all is cached is over before anybody looks.
            if (step.State is StepState.Done or StepState.Failed) Write();
        }
        _inner?.Update(step);
    }

    public void Log(BuildStep step, string line)
    {
        lock (_gate)
        {
            // Whoever follows wants to know what is running.
            if (_log.Length == 0) Write();
            _log.Write(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{step.Number}\t{line.ReplaceLineEndings(" ")}\n")));
        }
        _inner?.Log(step, line);
    }

    public void Warn(BuildWarning warning)
    {
        lock (_gate) _warnings.Add(warning);
        _inner?.Warn(warning);
    }

    public void Done(BuiltImage image) => End(_record with { State = BuildState.Done, ImageId = image.Id.ToString(), Digest = image.Digest.ToString() });

    public void Failed(Exception fault) => End(fault is OperationCanceledException
        ? _record with { State = BuildState.Canceled }
        : _record with { State = BuildState.Failed, Error = fault.Message, Advice = (fault as BuildException)?.Advice });

    public void Dispose()
    {
        _log.Dispose();
        _held.Dispose();
    }

    private void End(BuildRecord record)
    {
        lock (_gate)
        {
            _record = record with { Ended = _clock.GetUtcNow() };
            Write();
        }
    }

    /// <summary>Whole or not there, for readers; not flushed, as a record that a power cut takes is no loss.</summary>
    private void Write()
    {
        var record = _record with { Steps = [.. _steps.Values], Warnings = [.. _warnings] };
        var path = Path.Combine(_folder, BuildHistory.RecordFile);
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(record, HistoryJson.Default.BuildRecord));
        File.Move(path + ".new", path, overwrite: true);
    }

    private static void Forget(string folder)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var old in Directory.GetDirectories(folder).OrderDescending(StringComparer.Ordinal).Skip(BuildHistory.Kept - 1))
        {
            try
            {
                using var held = FileLock.TryExclusive(Path.Combine(old, BuildHistory.LockFile));
                if (held is not null) Directory.Delete(old, recursive: true);
            }
            catch (IOException)
            {
                // Another build was first.
            }
        }
    }
}
