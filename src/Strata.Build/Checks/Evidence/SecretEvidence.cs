using System.Text;
using Strata.Build.Graph;

namespace Strata.Build.Checks.Evidence;

/// <summary>Secrets of the build that everybody who has the image can read: they are looked for by what they are, not by what they are called.</summary>
internal static class SecretEvidence
{
    /// <summary>A shorter text may be there by chance.</summary>
    private const int Shortest = 6;

    public static IEnumerable<BuildWarning> Find(BuildSession session, StageState state)
    {
        foreach (var (name, value) in Values(session))
        {
            foreach (var (where, text, line) in Texts(state))
            {
                if (!text.Contains(value, StringComparison.Ordinal)) continue;
                yield return new BuildWarning(nameof(CheckRule.SecretInHistory), CheckRule.SecretInHistory.Description(),
                    $"{name} is in {where} of the image, for all who have it; give it to the RUN alone: --mount=type=secret", session.Dockerfile.Source.Name, line);
                break;
            }
        }
    }

    private static IEnumerable<(string Name, string Value)> Values(BuildSession session)
    {
        foreach (var (id, secret) in session.Options.Secrets)
        {
            if (Encoding.UTF8.GetString(secret.Read()).Trim() is { Length: >= Shortest } trimmed) yield return ($"the secret {id}", trimmed);
        }
        foreach (var (key, value) in session.Options.Arguments)
            if (Checker.IsSecretName(key) && value.Length >= Shortest) yield return ($"the value of the argument {key}", value);
    }

    private static IEnumerable<(string Where, string Text, int Line)> Texts(StageState state)
    {
        var layers = state.Layers.Select(l => l.Line).ToArray();
        var layer = 0;
        foreach (var entry in state.Config.History ?? [])
        {
            var line = entry.EmptyLayer || layer >= layers.Length ? 0 : layers[layer++];
            yield return ("the history", entry.CreatedBy ?? "", line);
        }
        foreach (var variable in state.Container.Env ?? []) yield return ("the environment", variable, 0);
        foreach (var (key, value) in state.Container.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal)) yield return ($"the label {key}", value, 0);
        yield return ("the command", string.Join(' ', [.. state.Container.Entrypoint ?? [], .. state.Container.Cmd ?? []]), 0);
    }
}
