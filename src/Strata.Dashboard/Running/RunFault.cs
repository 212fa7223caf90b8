using Strata.Containers;
using Strata.Dashboard.Faults;

namespace Strata.Dashboard.Running;

/// <summary>What is wrong with a form, beside the field that it belongs to.</summary>
/// <param name="Field">The field's name; empty where it belongs to none.</param>
public sealed record RunFault(string Field, FaultText Text)
{
    public const string Name = "name";
    public const string Command = "command";
    public const string Ports = "ports";
    public const string Env = "env";
    public const string Volumes = "volumes";
    public const string Network = "network";
    public const string Restart = "restart";

    public static RunFault Of(string field, string message, string advice) => new(field, new FaultText(message, advice, Unexpected: false));

    /// <summary>A failure of the room has its field by its kind.</summary>
    public static RunFault Of(Exception e)
    {
        var text = FaultText.Of(e);
        var field = FieldOf(e);
        // What the command line advises is a flag of it.
        return new(field, field == Volumes ? text with { Advice = "make the folder first, or name a volume" } : text);
    }

    private static string FieldOf(Exception e) => e switch
    {
        ContainerException { Fault: ContainerFault.NameInUse or ContainerFault.InvalidName } => Name,
        ContainerException { Fault: ContainerFault.PortNotAvailable } => Ports,
        ContainerException { Fault: ContainerFault.MountNotPossible } => Volumes,
        ContainerException { ExitCode: ContainerException.NotFound or ContainerException.NotExecutable } => Command,
        _ => "",
    };
}
