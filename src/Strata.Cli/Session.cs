using System.CommandLine;
using Strata.Build;
using Strata.Cli.Rendering;
using Strata.Containers;
using Strata.Content;
using Strata.Images;
using Strata.Packages;
using Strata.Packages.Facts;
using Strata.Registry.Client;
using Strata.Vulnerabilities.Matching;

namespace Strata.Cli;

/// <summary>What one run of a command works with. Rooms are opened when a command first asks for them: `--help` needs none.</summary>
internal sealed class Session : IDisposable
{
    private readonly Lazy<ContentStore> _store;
    private readonly Lazy<RegistryClient> _registries;
    private readonly Lazy<LocalImages> _images;
    private readonly Lazy<LocalContainers> _containers;
    private readonly Lazy<RegistryConfiguration> _config = new(RegistryConfiguration.Load);

    public Session(ParseResult parsed)
    {
        Root = GlobalOptions.RootFolder(parsed);
        Output = new Output(parsed.GetValue(GlobalOptions.Format), parsed.GetValue(GlobalOptions.Quiet));
        Progress = parsed.GetValue(GlobalOptions.Quiet) ? ProgressStyle.Quiet : parsed.GetValue(GlobalOptions.Progress);
        NoColor = parsed.GetValue(GlobalOptions.NoColor) || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        _store = new(() => ContentStore.Open(Root));
        _registries = new(() => new RegistryClient(RegistryOptions));
        _images = new(() => new LocalImages(Store, Registries, [new PackageObserver(Catalogs)], Clock));
        _containers = new(() => new LocalContainers(Store, ContainersOptions, Clock));
    }

    public string Root { get; }

    public Output Output { get; }

    public ProgressStyle Progress { get; }

    public bool NoColor { get; }

    public TimeProvider Clock => TimeProvider.System;

    public RegistryConfiguration Config => _config.Value;

    public ContentStore Store => _store.Value;

    public RegistryClient Registries => _registries.Value;

    public LocalImages Images => _images.Value;

    public LocalContainers Containers => _containers.Value;

    private ContainersOptions ContainersOptions => new()
    {
        ExitCommand = ContainersOptions.ExitCommandOf(Environment.ProcessPath!, Root),
        Warn = text => Console.Error.WriteLine($"WARNING: {text}"),
    };

    public CatalogStore Catalogs => new(Path.Combine(Root, "facts", "packages"));

    public Builder Builder => new(Store, Images, Clock);

    public Scanner Scanner => new(Clock);

    public string AdvisoryDatabase => Path.Combine(Root, "advisories", "advisories.db");

    public RegistryClientOptions RegistryOptions => Config.ToOptions();

    public void Dispose()
    {
        if (_registries.IsValueCreated) _registries.Value.Dispose();
    }
}
