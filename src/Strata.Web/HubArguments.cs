using Strata.Registry.Server;

namespace Strata.Web;

/// <summary>What the hub was started with: options of the command line over a configuration file.</summary>
internal static class HubArguments
{
    public const string Usage = "strata-web hub [config] --data DIR [--listen ADDRESS:PORT] [--config FILE]   (default 127.0.0.1:5000)";

    /// <summary>The settings file with the options laid over it; else the exit code of a complaint that was made.</summary>
    public static int TryRead(ReadOnlySpan<string> args, out SettingsFile file)
    {
        file = SettingsFile.None();
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { ["--listen"] = null, ["--data"] = null, ["--config"] = null };
        if (RoleArguments.Read(args, values) is { } fault) return Complaint.Usage(fault, Usage);
        if (values["--data"] is null && values["--config"] is null) return Complaint.Usage("--data is missing", Usage);
        if (values["--listen"] is { } listen && !ListenAddress.TryParse(listen, out _)) return Complaint.Usage($"'{listen}' is not ADDRESS:PORT", Usage);
        try
        {
            if (values["--config"] is { } config) file = SettingsFile.Load(config);
        }
        catch (SettingsException e)
        {
            return Complaint.Settings(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Complaint.Failure($"the configuration {values["--config"]} cannot be read: {e.Message.TrimEnd('.')}", "Name another file with --config.");
        }
        // What is given on the command line is relative to where it is given.
        if (values["--data"] is { } data) file.Set("data", Path.GetFullPath(data));
        if (values["--listen"] is { } address) file.Set("listen", address);
        return 0;
    }
}
