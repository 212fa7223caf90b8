using System.Globalization;
using Strata.Benchmarks;

// One measurement a process, so that time(1) and its likes see it whole: CPU of all threads, peak memory, wall time.
return args switch
{
    ["unpack", var layer, var folder, .. var options] => await Unpacking.RunAsync(layer, folder, options),
    ["read", var layer, .. var options] => await Unpacking.RunAsync(layer, folder: null, options),
    ["ask", var folder, .. var diffIds] => Questions.Ask(folder, diffIds),
    ["empty-entries", var count] => await EmptyEntries.RunAsync(long.Parse(count, CultureInfo.InvariantCulture)),
    ["rescan", var database, var document, var images] => Rescan.Run(database, document, int.Parse(images, CultureInfo.InvariantCulture)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Strata.Benchmarks unpack LAYER FOLDER [--diff-id DIGEST] [--no-index] [--sync]
        Strata.Benchmarks read LAYER [--diff-id DIGEST] [--no-index]
        Strata.Benchmarks ask LAYERS-FOLDER DIFF-ID...      the last one is the uppermost layer
        Strata.Benchmarks empty-entries COUNT               reads and indexes a tar of so many empty files
        Strata.Benchmarks rescan DATABASE SBOM COUNT        compares so many lists of 300 packages, drawn from a document's, with advisories
        """);
    return 2;
}
