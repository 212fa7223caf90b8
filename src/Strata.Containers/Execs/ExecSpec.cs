namespace Strata.Containers;

/// <summary>One more process in a running container.</summary>
public sealed record ExecSpec
{
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Over the container's own.</summary>
    public IReadOnlyList<string> Env { get; init; } = [];

    /// <summary>Null: as the container.</summary>
    public string? User { get; init; }

    /// <inheritdoc cref="User"/>
    public string? WorkingDir { get; init; }

    public bool Tty { get; init; }

    public bool OpenStdin { get; init; }

    public bool Privileged { get; init; }
}
