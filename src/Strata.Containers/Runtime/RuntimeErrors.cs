using System.Text.Json.Nodes;

namespace Strata.Containers.Runtime;

/// <summary>What runtimes say when they fail, as a failure of ours: what, why, and docker's exit code.</summary>
internal static class RuntimeErrors
{
    public static ContainerException Of(string message)
    {
        var text = WithoutPrefix(message);
        if (text.Contains("executable file not found", StringComparison.Ordinal) || (text.Contains("exec", StringComparison.Ordinal) && text.Contains("no such file or directory", StringComparison.Ordinal)))
            return new ContainerException(text, "the image has no such program; `strata ls` shows what it has") { ExitCode = ContainerException.NotFound };
        if (text.Contains("permission denied", StringComparison.Ordinal) || text.Contains("is a directory", StringComparison.Ordinal) || text.Contains("exec format error", StringComparison.Ordinal))
            return new ContainerException(text, Advice(text)) { ExitCode = ContainerException.NotExecutable };
        return new ContainerException(text, Advice(text));
    }

    /// <summary>The last thing of weight: runtimes write a line or a JSON object a message.</summary>
    public static string LastMessage(string errors)
    {
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 0) return "the runtime failed and did not say why";
        var last = lines[^1];
        if (last.StartsWith('{')) return JsonNode.Parse(last)?["msg"]?.GetValue<string>() ?? last;
        return MessageField(last) ?? last;
    }

    private static string? Advice(string text)
    {
        if (text.Contains("cgroup", StringComparison.Ordinal)) return "the host's control groups do not permit it: leave the limit out, or see that its controller is mounted below /sys/fs/cgroup";
        if (text.Contains("operation not permitted", StringComparison.Ordinal)) return "the host does not permit it; containers need root, and namespaces that are not forbidden";
        return text.Contains("exec format error", StringComparison.Ordinal) ? "the program is for another architecture, or a script without #!" : null;
    }

    /// <summary>Of a line that says where in the runtime it was, what it was.</summary>
    private static string WithoutPrefix(string message)
    {
        foreach (var end in (string[])["unable to start container process: ", "starting container process caused: "])
            if (message.LastIndexOf(end, StringComparison.Ordinal) is >= 0 and var place) return message[(place + end.Length)..];
        return message;
    }

    /// <summary>Of a line of fields, such as <c>level=error msg="..."</c>, the message.</summary>
    private static string? MessageField(string line)
    {
        const string field = "msg=\"";
        var begin = line.IndexOf(field, StringComparison.Ordinal);
        if (begin < 0) return null;
        var text = new System.Text.StringBuilder();
        for (var i = begin + field.Length; i < line.Length && line[i] != '"'; i++)
        {
            if (line[i] == '\\' && i + 1 < line.Length) i++;
            text.Append(line[i]);
        }
        return text.ToString();
    }
}
