using System.Globalization;
using System.Text;
using Strata.Build.Dockerfiles;
using Strata.Build.Graph;

namespace Strata.Build.Steps;

/// <summary>The words of a RUN with its here-documents in place.</summary>
internal static class RunCommand
{
    /// <returns>What is run; and the text of a program, where the here-document is one: it begins with <c>#!</c>.</returns>
    public static (IReadOnlyList<string> Words, string? Script) Of(RunInstruction run)
    {
        if (run.Line.Heredocs is not { Count: > 0 } files) return (run.Command.Words, null);
        var line = run.Command.Words[0];
        if (files is [var only] && Heredoc.TryParse(line) is not null)
            return only.Text.StartsWith("#!", StringComparison.Ordinal) ? ([$"{StepProcess.ScriptFolder}/{only.Name}"], only.Text) : ([only.Text], null);
        // A shell reads them itself.
        var text = new StringBuilder(line);
        foreach (var file in files) text.Append('\n').Append(file.Content).Append(file.Name);
        return ([text.ToString()], null);
    }

    /// <summary>As the history has it: declared arguments with their values, then the words.</summary>
    public static string Shown(StageState state, IReadOnlyList<string> words)
    {
        var declared = state.Declared.Select(d => $"{d}={state.Variables.GetValueOrDefault(d, "")}").ToArray();
        return string.Join(' ', declared.Length == 0 ? words : [string.Create(CultureInfo.InvariantCulture, $"|{declared.Length}"), .. declared, .. words]);
    }
}
