namespace Strata.Build.Dockerfiles;

/// <summary>Something is wrong with a Dockerfile. The message names file and line, and points at the word.</summary>
public sealed class DockerfileException : BuildException
{
    public DockerfileException()
    {
    }

    public DockerfileException(string message) : base(message)
    {
    }

    public DockerfileException(string message, Exception? inner) : base(message, inner)
    {
    }

    public DockerfileException(string message, int line, string? advice = null, Exception? inner = null) : base(message, advice, inner) => Line = line;

    /// <summary>Where it is, from 1.</summary>
    public int Line { get; }
}
