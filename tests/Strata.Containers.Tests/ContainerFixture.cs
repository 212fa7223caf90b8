using System.Text;
using Strata.Testing;

namespace Strata.Containers.Tests;

/// <summary>What tests of containers share: the rooms themselves, and the program as people run it.</summary>
public abstract class ContainerFixture : IClassFixture<ContainerHost>
{
    protected ContainerFixture(ContainerHost host)
    {
        Host = host;
        if (ContainerHost.Missing() is { } why) Assert.Skip(why);
    }

    protected ContainerHost Host { get; }

    protected LocalContainers Containers => Host.Containers;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Runs a container to its end in this process, and removes it.</summary>
    protected async Task<(int Code, string Output, string Errors)> RunAsync(string[] command, ContainerSpec? spec = null, Func<ContainerRequest, ContainerRequest>? change = null)
    {
        var request = Host.Request(command, (spec ?? new ContainerSpec()) with { AutoRemove = true });
        var record = Containers.Create(change?.Invoke(request) ?? request);
        var (started, attachment) = await Containers.StartAttachedAsync(record.Id, Stop);
        using (attachment)
        {
            using var output = new MemoryStream();
            using var errors = new MemoryStream();
            await attachment.CopyOutputAsync(output, errors, Stop);
            return (await Containers.WaitAsync(started, Stop), Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(errors.ToArray()));
        }
    }

    protected Task<string> ShellAsync(string script, ContainerSpec? spec = null) => OutputAsync(RunAsync(["sh", "-c", script], spec));

    protected static async Task<string> OutputAsync(Task<(int Code, string Output, string Errors)> run)
    {
        var (code, output, errors) = await run;
        code.ShouldBe(0, errors);
        return output;
    }

    protected async Task<ContainerRecord> StartAsync(string[] command, ContainerSpec? spec = null, string? name = null)
    {
        var record = Containers.Create(Host.Request(command, spec) with { Name = name });
        return await Containers.StartAsync(record.Id, Stop);
    }

    /// <summary>The program.</summary>
    protected Task<(int Code, string Output, string Errors)> StrataAsync(params string[] arguments) =>
        RealTool.TryAsync(Checkout.Program("Strata.Cli", "strata"), ["--root", Host.Root, .. arguments]);
}
