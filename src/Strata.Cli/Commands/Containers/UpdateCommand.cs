using System.CommandLine;

namespace Strata.Cli.Commands.Containers;

internal static class UpdateCommand
{
    public static Command Create()
    {
        var containers = ContainerArguments.Several();
        var restart = new Option<string?>("--restart") { Description = "no, always, unless-stopped, on-failure[:N]", HelpName = "POLICY" };
        var resources = new ResourceOptions();
        var command = new Command("update", "Change what containers may use") { containers, restart };
        foreach (var option in resources.Changeable) command.Options.Add(option);
        return command.Does((parsed, session, cancellationToken) =>
        {
            var policy = parsed.GetValue(restart) is { } text ? ContainerOptions.Restart(text) : null;
            return EachContainer.DoAsync(parsed.GetRequiredValue(containers), async name =>
            {
                await session.Containers.UpdateAsync(name, limits => resources.Over(limits, parsed), policy, cancellationToken).ConfigureAwait(false);
                return name;
            });
        });
    }
}
