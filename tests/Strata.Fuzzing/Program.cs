using System.Diagnostics;
using System.Globalization;
using SharpFuzz;
using Strata.Fuzzing;

// Strata.Fuzzing TARGET                  as a target of afl-fuzz
// Strata.Fuzzing TARGET SECONDS [SEED]   by itself, from the corpus beside it
if (args.Length is < 1 or > 3 || !Targets.All.TryGetValue(args[0], out var target))
{
    Console.Error.WriteLine($"usage: Strata.Fuzzing TARGET [SECONDS [SEED]]\n  targets: {string.Join(", ", Targets.All.Keys)}");
    return 2;
}
if (args.Length == 1)
{
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        target(memory.ToArray());
    });
    return 0;
}

var seconds = double.Parse(args[1], CultureInfo.InvariantCulture);
var seed = args.Length == 3 ? int.Parse(args[2], CultureInfo.InvariantCulture) : Random.Shared.Next();
var corpus = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "corpus", args[0])).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToArray();
var mutator = new Mutator(corpus, new Random(seed));
var watch = Stopwatch.StartNew();
long runs = 0;
for (; watch.Elapsed.TotalSeconds < seconds; runs++)
{
    var input = runs < corpus.Length ? corpus[runs] : mutator.Next();
    try
    {
        target(input);
    }
#pragma warning disable CA1031 // Whatever comes out here is what is looked for.
    catch (Exception e)
#pragma warning restore CA1031
    {
        var path = Path.GetFullPath(string.Create(CultureInfo.InvariantCulture, $"fuzz-{args[0]}-{seed}-{runs}"));
        File.WriteAllBytes(path, input);
        Console.Error.WriteLine($"{args[0]}: seed {seed}, run {runs}: {e}\n  the input is in {path}");
        return 1;
    }
}
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{args[0]}: seed {seed}, {runs} runs, {runs / watch.Elapsed.TotalSeconds:0} a second"));
return 0;
