namespace Strata.Dashboard;

/// <summary>What the dashboard shows and where it searches.</summary>
public sealed record DashboardOptions
{
    /// <summary>The folder of the store; made when it is missing.</summary>
    public required string Root { get; init; }

    /// <summary>The registry that a search goes to when nobody names another: host and port.</summary>
    public required string Hub { get; init; }

    /// <summary>The program `strata`, which is called when a container has ended; null where it is not here: then whoever looks next settles it.</summary>
    public string? Program { get; init; }

    /// <summary>The folder of the hub's data, when the sample images shall be published to <see cref="Hub"/>; null to leave it.</summary>
    public string? SamplesFor { get; init; }
}
