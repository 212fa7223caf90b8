using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Build;

namespace Strata.Cli.Rendering;

/// <summary>Shows a build as it goes, on stderr.</summary>
internal abstract class BuildDisplay : IBuildProgress, IAsyncDisposable
{
    protected Lock Gate { get; } = new();

    public static BuildDisplay Of(Session session) => session.Progress switch
    {
        ProgressStyle.Quiet => new QuietBuild(),
        ProgressStyle.Json => new JsonBuild(),
        ProgressStyle.Plain => new PlainBuild(),
        ProgressStyle.Tty => new TerminalBuild(session.NoColor),
        _ => !Console.IsErrorRedirected ? new TerminalBuild(session.NoColor) : new PlainBuild(),
    };

    public abstract void Update(BuildStep step);

    public abstract void Log(BuildStep step, string line);

    public virtual void Warn(BuildWarning warning)
    {
        lock (Gate) Console.Error.WriteLine($"{warning.File}:{warning.Line}: {warning.Rule}: {warning.Detail}");
    }

    /// <summary>While it is held, nothing is written: a shell has the terminal.</summary>
    public virtual IDisposable Pause() => new Held(Gate);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + "s";

    /// <summary>Locks are a thread's; who has the terminal goes on on another.</summary>
    private sealed class Held : IDisposable
    {
        private readonly ManualResetEventSlim _done = new();
        private readonly ManualResetEventSlim _held = new();

        public Held(Lock gate)
        {
            var thread = new Thread(() => Hold(gate)) { IsBackground = true };
            thread.Start();
            _held.Wait();
        }

        private void Hold(Lock gate)
        {
            lock (gate)
            {
                _held.Set();
                _done.Wait();
            }
        }

        public void Dispose() => _done.Set();
    }

    private sealed class QuietBuild : BuildDisplay
    {
        public override void Update(BuildStep step)
        {
        }

        public override void Log(BuildStep step, string line)
        {
        }

        public override void Warn(BuildWarning warning)
        {
        }
    }

    private sealed class PlainBuild : BuildDisplay
    {
        public override void Update(BuildStep step)
        {
            lock (Gate)
            {
                switch (step.State)
                {
                    case StepState.Running:
                        Console.Error.WriteLine($"#{step.Number} {step.Name}");
                        break;
                    case StepState.Cached:
                        Console.Error.WriteLine($"#{step.Number} CACHED");
                        break;
                    case StepState.Failed:
                        Console.Error.WriteLine($"#{step.Number} ERROR: {step.Error}");
                        break;
                    default:
                        Console.Error.WriteLine($"#{step.Number} DONE {Seconds(step.Elapsed)}{(step.Reason is null ? "" : $" (not cached: {step.Reason})")}");
                        break;
                }
            }
        }

        public override void Log(BuildStep step, string line)
        {
            lock (Gate) Console.Error.WriteLine($"#{step.Number} {line}");
        }
    }

    private sealed class JsonBuild : BuildDisplay
    {
        public override void Update(BuildStep step) => Write(new JsonObject
        {
            ["step"] = step.Number,
            ["name"] = step.Name,
            ["state"] = step.State.ToString().ToLowerInvariant(),
            ["seconds"] = Math.Round(step.Elapsed.TotalSeconds, 3),
            ["reason"] = step.Reason,
            ["error"] = step.Error,
        });

        public override void Log(BuildStep step, string line) => Write(new JsonObject { ["step"] = step.Number, ["log"] = line });

        public override void Warn(BuildWarning warning) => Write(new JsonObject
        {
            ["warning"] = warning.Rule,
            ["description"] = warning.Description,
            ["detail"] = warning.Detail,
            ["file"] = warning.File,
            ["line"] = warning.Line,
        });

        private void Write(JsonObject line)
        {
            lock (Gate) Console.Error.WriteLine(line.ToJsonString());
        }
    }
}
