using System.Globalization;
using Strata.Testing;

namespace Strata.Faults.Tests;

/// <summary>
/// A command killed again and again, each time at another change that it makes on disk. Its seed is printed; STRATA_SEED sets it.
/// </summary>
internal sealed class KillSeries : IDisposable
{
    private static readonly bool IsSlow = Environment.GetEnvironmentVariable("STRATA_SLOW") is { Length: > 0 };

    private readonly TemporaryFolder _folder = new();
    private readonly Random _random;
    private readonly string _verb;
    private int _killed;
    private int _runs;

    public KillSeries(string verb)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("STRATA_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            ? given : Random.Shared.Next();
        (_verb, _random) = (verb, new Random(seed));
        Say(string.Create(CultureInfo.InvariantCulture, $"{verb}: seed {seed}"));
        Strata = new StrataProgram(_folder.Below("root"));
    }

    public StrataProgram Strata { get; }

    /// <summary>25 for each of the four commands in the slow run, so 100 in all.</summary>
    private static int Kills => IsSlow ? 25 : 8;

    /// <param name="prepare">Makes what the command works on.</param>
    /// <param name="arguments">The command.</param>
    /// <param name="recover">Judges what is there after a kill, and that all can be as before.</param>
    public async Task RunAsync(Func<Task> prepare, string[] arguments, Func<KilledRun, Task> recover)
    {
        await prepare();
        var whole = await Strata.KillAsync(int.MaxValue, arguments);
        whole.WasKilled.ShouldBeFalse();
        var tries = 0;
        while (_killed < Kills && tries++ < 3 * Kills)
        {
            await prepare();
            var run = await Strata.KillAsync(Moment(whole.Changes, _runs++), arguments);
            if (run.WasKilled) _killed++;
            var (code, output, errors) = await Strata.TryAsync("verify");
            code.ShouldBe(0, $"verify after kill {_killed} at change {run.Changes}: {output}{errors}");
            await recover(run);
        }
        Say(string.Create(CultureInfo.InvariantCulture, $"{_verb}: {_killed} kills in {_runs} runs, of {whole.Changes} changes each"));
        _killed.ShouldBe(Kills);
    }

    /// <summary>Any change in one run, any power of two in the next: the few changes of the beginning shall be hit as well as the many after.</summary>
    private int Moment(int changes, int run) =>
        run % 2 == 0 ? _random.Next(1, changes) : (int)Math.Pow(2, _random.NextDouble() * Math.Log2(changes));

    /// <summary>Each unpacked tree has all of its files: one that a kill left half removed must not count as there.</summary>
    public void TreesShouldBeWhole()
    {
        var trees = Directory.GetDirectories(Path.Combine(Strata.Root, "layers", "sha256")).Select(l => Path.Combine(l, "tree")).ToArray();
        trees.Length.ShouldBe(LargeImage.Layers);
        foreach (var tree in trees) Directory.EnumerateFiles(tree, "*", SearchOption.AllDirectories).Count().ShouldBe(LargeImage.FilesInLayer);
    }

    public void Say(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);

    public void Dispose() => _folder.Dispose();
}
