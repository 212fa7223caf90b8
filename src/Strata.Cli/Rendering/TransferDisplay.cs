using System.Text.Json.Nodes;
using Spectre.Console;
using Strata.Images;

namespace Strata.Cli.Rendering;

/// <summary>Shows a pull or push while it runs: a bar on a terminal, a line an event otherwise, all on stderr.</summary>
internal static class TransferDisplay
{
    /// <param name="title">What is done, such as <c>Pulling python:3.11</c>.</param>
    public static Task<T> RunAsync<T>(Session session, string title, Func<IProgress<TransferProgress>, Task<T>> transfer) => session.Progress switch
    {
        ProgressStyle.Quiet => transfer(new Silent()),
        ProgressStyle.Json => transfer(new JsonLines(title, session.Clock)),
        ProgressStyle.Auto or ProgressStyle.Tty when !Console.IsErrorRedirected => WithBarAsync(session, title, transfer),
        _ => transfer(new PlainLines(title)),
    };

    private static Task<T> WithBarAsync<T>(Session session, string title, Func<IProgress<TransferProgress>, Task<T>> transfer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            ColorSystem = session.NoColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        return console.Progress().AutoClear(false).HideCompleted(false).Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 30 }, new PercentageColumn(),
            new DownloadedColumn { Base = FileSizeBase.Decimal }, new TransferSpeedColumn { Base = FileSizeBase.Decimal }, new RemainingTimeColumn())
            .StartAsync(context => transfer(new Bars(context, title)));
    }

    private sealed class Silent : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value)
        {
        }
    }

    /// <summary>The whole first, then the layers that move; what was there already needs no row.</summary>
    private sealed class Bars(ProgressContext context, string title) : IProgress<TransferProgress>
    {
        private readonly ProgressTask _total = context.AddTask(Markup.Escape(title)).IsIndeterminate();
        private readonly Dictionary<string, ProgressTask> _layers = new(StringComparer.Ordinal);

        public void Report(TransferProgress value)
        {
            if (value.Phase == TransferPhase.Resolving) return;
            _total.IsIndeterminate(false);
            _total.MaxValue = Math.Max(1, value.TotalBytes);
            _total.Value = value.Phase == TransferPhase.Done ? _total.MaxValue : value.DoneBytes;
            foreach (var blob in value.Blobs.Where(b => b.IsLayer && b.State is BlobState.Moving or BlobState.Done))
            {
                if (!_layers.TryGetValue(blob.Descriptor.Digest.Hex, out var row))
                {
                    row = context.AddTask($"  {blob.Descriptor.Digest.Short}", maxValue: Math.Max(1, blob.Descriptor.Size));
                    _layers[blob.Descriptor.Digest.Hex] = row;
                }
                row.Value = blob.State == BlobState.Done ? row.MaxValue : blob.DoneBytes;
            }
        }
    }

    private sealed class PlainLines : IProgress<TransferProgress>
    {
        private readonly Dictionary<string, BlobState> _seen = new(StringComparer.Ordinal);

        public PlainLines(string title) => Console.Error.WriteLine(title);

        public void Report(TransferProgress value)
        {
            foreach (var blob in value.Blobs.Where(b => b.IsLayer))
            {
                if (_seen.GetValueOrDefault(blob.Descriptor.Digest.Hex) == blob.State) continue;
                _seen[blob.Descriptor.Digest.Hex] = blob.State;
                var word = blob.State switch
                {
                    BlobState.Done => "complete",
                    BlobState.Reused => "already exists",
                    _ => null, // beginnings are noise in a log
                };
                if (word is not null) Console.Error.WriteLine($"{blob.Descriptor.Digest.Short}: {word} ({Sizes.Text(blob.Descriptor.Size)})");
            }
        }
    }

    private sealed class JsonLines(string title, TimeProvider clock) : IProgress<TransferProgress>
    {
        private readonly TransferRate _rate = new(clock);

        public void Report(TransferProgress value)
        {
            _rate.Update(value);
            Console.Error.WriteLine(new JsonObject
            {
                ["action"] = title,
                ["phase"] = value.Phase.ToString().ToLowerInvariant(),
                ["total"] = value.TotalBytes,
                ["done"] = value.DoneBytes,
                ["reused"] = value.ReusedBytes,
                ["percent"] = value.Percent,
                ["bytesPerSecond"] = _rate.BytesPerSecond is { } rate ? Math.Round(rate) : null,
                ["secondsLeft"] = _rate.Remaining is { } left ? Math.Round(left.TotalSeconds) : null,
                ["blobs"] = new JsonArray([.. value.Blobs.Select(b => (JsonNode)new JsonObject
                {
                    ["digest"] = b.Descriptor.Digest.ToString(),
                    ["size"] = b.Descriptor.Size,
                    ["done"] = b.DoneBytes,
                    ["state"] = b.State.ToString().ToLowerInvariant(),
                })]),
            }.ToJsonString());
        }
    }
}
