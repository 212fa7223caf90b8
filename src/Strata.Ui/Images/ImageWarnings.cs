using Strata.Oci;

namespace Strata.Ui.Images;

/// <summary>What a careful person would remark about an image's config, in plain sentences.</summary>
public static class ImageWarnings
{
    private static readonly string[] SecretWords = ["PASSWORD", "PASSWD", "SECRET", "TOKEN", "API_KEY", "APIKEY", "PRIVATE_KEY", "CREDENTIAL"];

    public static IReadOnlyList<string> Of(ImageConfig config)
    {
        var warnings = new List<string>();
        if (RunsAsRoot(config.Config?.User))
            warnings.Add("Runs as root: the config names no other user. A process that breaks out of its container is root on the host.");
        var secrets = (config.Config?.Env ?? []).Where(IsSecret).Select(Name).ToArray();
        if (secrets.Length > 0)
        {
            warnings.Add($"{string.Join(", ", secrets)} in the environment may be a secret. Whoever can pull the image can read it.");
        }
        if (config.Config is null or { Cmd: null or [], Entrypoint: null or [] })
            warnings.Add("Names no command: a container of it starts only with a command given.");
        return warnings;
    }

    /// <summary>True for <c>NAME=value</c> whose name speaks of a secret and that has a value.</summary>
    public static bool IsSecret(string variable) =>
        variable.IndexOf('=', StringComparison.Ordinal) is var at and > 0 && at < variable.Length - 1
        && SecretWords.Any(word => Name(variable).Contains(word, StringComparison.OrdinalIgnoreCase));

    public static string Name(string variable) => variable.Split('=', 2)[0];

    private static bool RunsAsRoot(string? user) => user?.Split(':', 2)[0] is null or "" or "0" or "root";
}
