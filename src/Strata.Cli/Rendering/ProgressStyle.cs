namespace Strata.Cli.Rendering;

internal enum ProgressStyle
{
    /// <summary>A bar on a terminal, plain lines otherwise.</summary>
    Auto,
    Plain,

    /// <summary>As on a terminal.</summary>
    Tty,

    /// <summary>A JSON object a line, on stderr.</summary>
    Json,
    RawJson = Json,
    Quiet,
}
