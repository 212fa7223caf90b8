using System.Text.Json.Serialization;

namespace Strata.Containers.Runtime;

/// <summary>Documents of the runtime and of its seccomp profile; source-generated.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RuntimeSpec))]
[JsonSerializable(typeof(RuntimeProcess))]
[JsonSerializable(typeof(RuntimeResources))]
[JsonSerializable(typeof(SeccompDocument))]
[JsonSerializable(typeof(MonitorMessage))]
internal sealed partial class RuntimeJson : JsonSerializerContext;

/// <summary>What the monitor says through its pipe: a process id, an exit code, or less than 0 and why.</summary>
internal sealed record MonitorMessage(int Data, string? Message);
