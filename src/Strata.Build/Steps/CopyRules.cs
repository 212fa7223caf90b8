namespace Strata.Build.Steps;

/// <summary>How files are copied into a layer.</summary>
/// <param name="Owner">Null keeps what the source has.</param>
/// <param name="Mode">Null keeps what the source has.</param>
/// <param name="Latest">Later times become this one: SOURCE_DATE_EPOCH, or the newest of all inputs.</param>
internal sealed record CopyRules(Owner? Owner, ModeChange? Mode, long Latest);

internal sealed record Owner(long Uid, long Gid)
{
    public static Owner Root { get; } = new(0, 0);
}
