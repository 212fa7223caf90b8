using System.CommandLine;

namespace Strata.Cli.Commands;

/// <summary>How a password comes in: never as an argument that others on the machine can see.</summary>
internal static class PasswordInput
{
    public static Option<bool> StdinOption() => new("--password-stdin") { Description = "Read the password from stdin" };

    /// <summary>All of stdin, without the end of its last line.</summary>
    public static async Task<string> FromStdinAsync(CancellationToken cancellationToken)
    {
        var text = await Console.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
    }

    /// <summary>A password that is to be: from stdin, or asked for twice.</summary>
    /// <exception cref="UsageException">There is no terminal to ask, or the two are not the same.</exception>
    public static async Task<string> NewAsync(bool fromStdin, CancellationToken cancellationToken)
    {
        if (fromStdin) return await FromStdinAsync(cancellationToken).ConfigureAwait(false);
        if (Console.IsInputRedirected) throw new UsageException("there is no terminal to ask for the password", "give it with --password-stdin");
        var password = Ask("New password: ", cancellationToken);
        return Ask("Again: ", cancellationToken) == password ? password : throw new UsageException("the two passwords are not the same");
    }

    /// <summary>Nobody who looks on, and no recording of the terminal, gets to see it.</summary>
    public static string Ask(string prompt, CancellationToken cancellationToken)
    {
        Console.Error.Write(prompt);
        var typed = new System.Text.StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            cancellationToken.ThrowIfCancellationRequested();
            if (key.Key == ConsoleKey.Enter) break;
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (key.KeyChar != '\0') typed.Append(key.KeyChar);
        }
        Console.Error.WriteLine();
        return typed.ToString();
    }
}
