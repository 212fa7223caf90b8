using Strata.Build;

namespace Strata.Cli.Rendering;

/// <summary>
/// A build on a terminal: a line for each step, written anew in place while steps run, with the last lines of those that run below them.
/// </summary>
internal sealed class TerminalBuild : BuildDisplay
{
    private const int LogLines = 6;
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);
    private readonly SortedDictionary<int, (BuildStep Step, long Begun)> _steps = [];
    private readonly Dictionary<int, Queue<string>> _logs = [];
    private readonly bool _noColor;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _drawing;
    private int _drawn;
    private int _settled;

    public TerminalBuild(bool noColor)
    {
        _noColor = noColor;
        _drawing = DrawAsync();
    }

    public override void Update(BuildStep step)
    {
        lock (Gate)
        {
            _steps[step.Number] = (step, _steps.TryGetValue(step.Number, out var before) ? before.Begun : TimeProvider.System.GetTimestamp());
            if (step.State != StepState.Failed && step.State != StepState.Running) _logs.Remove(step.Number);
        }
    }

    public override void Log(BuildStep step, string line)
    {
        lock (Gate)
        {
            if (!_logs.TryGetValue(step.Number, out var lines)) _logs[step.Number] = lines = new Queue<string>();
            lines.Enqueue(line);
            while (lines.Count > LogLines) lines.Dequeue();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _drawing.ConfigureAwait(false);
        Draw();
        _stop.Dispose();
    }

    private async Task DrawAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Draw();
            await Task.Delay(Frame, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Draw()
    {
        lock (Gate)
        {
            var lines = new List<string>();
            // Lines that will not change any more stay where they are; only those below are written anew.
            var settled = _settled;
            var isSettled = true;
            foreach (var (number, (step, begun)) in _steps.Where(s => s.Key > _settled))
            {
                isSettled &= step.State != StepState.Running;
                if (isSettled) settled = number;
                lines.Add(Line(step, begun));
                if (step.State == StepState.Running || step.State == StepState.Failed) lines.AddRange(_logs.GetValueOrDefault(number)?.Select(l => Cut(" => => " + l)) ?? []);
                if (isSettled) lines.Add("\0");
            }
            var text = new System.Text.StringBuilder();
            if (_drawn > 0) text.Append($"\e[{_drawn}A");
            _drawn = 0;
            foreach (var line in lines)
            {
                if (line == "\0")
                {
                    _drawn = 0;
                    continue;
                }
                text.Append("\e[2K").Append(line).Append('\n');
                _drawn++;
            }
            _settled = settled;
            Console.Error.Write(text.Append("\e[J"));
        }
    }

    private string Line(BuildStep step, long begun)
    {
        var time = Seconds(step.State == StepState.Running ? TimeProvider.System.GetElapsedTime(begun) : step.Elapsed);
        var text = step.State switch
        {
            StepState.Cached => $" => CACHED {step.Name}",
            StepState.Failed => $" => ERROR {step.Name}",
            _ => $" => {step.Name}",
        };
        var line = Cut(text.PadRight(Math.Max(0, Width - time.Length - 1)), Width - time.Length - 1) + " " + time;
        return _noColor ? line : step.State switch
        {
            StepState.Failed => $"\e[31m{line}\e[0m",
            StepState.Running => line,
            _ => $"\e[34m{line}\e[0m",
        };
    }

    private static int Width => Math.Max(20, Console.WindowWidth - 1);

    private static string Cut(string text, int width = 0)
    {
        var clean = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        width = width == 0 ? Width : width;
        return clean.Length > width ? clean[..width] : clean;
    }
}
