using System.CommandLine;
using Strata.Oci;

namespace Strata.Cli.Commands;

/// <summary>Arguments that several commands share.</summary>
internal static class Arguments
{
    public static Argument<string> Image(string name = "REF") => new(name) { Description = "An image: its name, or the beginning of its ID" };

    /// <exception cref="UsageException">The text is no image name.</exception>
    public static Reference ToReference(string text) =>
        Reference.TryParse(text, out var reference, out var fault) ? reference : throw new UsageException(fault, "a name looks like python:3.11 or 127.0.0.1:5000/team/app:1.0");
}
