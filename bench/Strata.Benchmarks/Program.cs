using Strata.Benchmarks;

// One measurement a process, so that time(1) and its likes see it whole: CPU of all threads, peak memory, wall time.
return args switch
{
    ["unpack", var layer, var folder, .. var options] => await Unpacking.RunAsync(layer, folder, options),
    ["read", var layer, .. var options] => await Unpacking.RunAsync(layer, folder: null, options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Strata.Benchmarks unpack LAYER FOLDER [--diff-id DIGEST] [--no-index] [--sync]
        Strata.Benchmarks read LAYER [--diff-id DIGEST] [--no-index]
        """);
    return 2;
}
