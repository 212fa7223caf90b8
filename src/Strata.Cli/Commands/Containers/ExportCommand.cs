using System.CommandLine;

namespace Strata.Cli.Commands.Containers;

internal static class ExportCommand
{
    public static Command Create()
    {
        var container = ContainerArguments.One();
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; standard output without it", HelpName = "FILE" };
        return new Command("export", "Write a container's root file system as a tar") { container, output }.Does(async (parsed, session, cancellationToken) =>
        {
            var name = parsed.GetRequiredValue(container);
            if (parsed.GetValue(output) is not { } path)
            {
                if (!Console.IsOutputRedirected) throw new UsageException("cowardly refusing to save to a terminal. Use the -o flag or redirect");
                var standard = Console.OpenStandardOutput();
                await using (standard.ConfigureAwait(false)) await session.Containers.ExportAsync(name, standard, cancellationToken).ConfigureAwait(false);
                return ExitCode.Done;
            }
            // Under another name until it is whole.
            var temporary = $"{path}.{Path.GetRandomFileName()}";
            try
            {
                var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
                await using (file.ConfigureAwait(false)) await session.Containers.ExportAsync(name, file, cancellationToken).ConfigureAwait(false);
                File.Move(temporary, path, overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
            return ExitCode.Done;
        });
    }
}
