namespace Strata.Build.Checks;

/// <summary>What can be said of a Dockerfile that is valid, and better otherwise: the names are BuildKit's.</summary>
internal enum CheckRule
{
    StageNameCasing,
    FromAsCasing,
    NoEmptyContinuation,
    ConsistentInstructionCasing,
    DuplicateStageName,
    ReservedStageName,
    JSONArgsRecommended,
    MaintainerDeprecated,
    UndefinedArgInFrom,
    WorkdirRelativePath,
    UndefinedVar,
    MultipleInstructionsDisallowed,
    LegacyKeyValueFormat,
    SecretsUsedInArgOrEnv,
    InvalidDefaultArgInFrom,
    FromPlatformFlagConstDisallowed,
    RedundantTargetPlatform,
    CopyIgnoredFile,
    InvalidDefinitionDescription,
    ExposeProtoCasing,
    ExposeInvalidFormat,

    /// <summary>Ours, of the layers that were built.</summary>
    RemovalFreesNothing,
    PackageCacheLeft,
    SecretInHistory,
}

internal static class CheckRules
{
    public static string Description(this CheckRule rule) => rule switch
    {
        CheckRule.StageNameCasing => "Stage names should be lowercase",
        CheckRule.FromAsCasing => "The 'as' keyword should match the case of the 'from' keyword",
        CheckRule.NoEmptyContinuation => "Empty continuation lines will become errors in a future release",
        CheckRule.ConsistentInstructionCasing => "All commands within the Dockerfile should use the same casing (either upper or lower)",
        CheckRule.DuplicateStageName => "Stage names should be unique",
        CheckRule.ReservedStageName => "Reserved words should not be used as stage names",
        CheckRule.JSONArgsRecommended => "JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior related to OS signals",
        CheckRule.MaintainerDeprecated => "The MAINTAINER instruction is deprecated, use a label instead to define an image author",
        CheckRule.UndefinedArgInFrom => "FROM command must use declared ARGs",
        CheckRule.WorkdirRelativePath => "Relative workdir without an absolute workdir declared within the build can have unexpected results if the base image changes",
        CheckRule.UndefinedVar => "Variables should be defined before their use",
        CheckRule.MultipleInstructionsDisallowed => "Multiple instructions of the same type should not be used in the same stage",
        CheckRule.LegacyKeyValueFormat => "Legacy key/value format with whitespace separator should not be used",
        CheckRule.SecretsUsedInArgOrEnv => "Sensitive data should not be used in the ARG or ENV commands",
        CheckRule.InvalidDefaultArgInFrom => "Default value for global ARG results in an empty or invalid base image name",
        CheckRule.FromPlatformFlagConstDisallowed => "FROM --platform flag should not use a constant value",
        CheckRule.RedundantTargetPlatform => "Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior",
        CheckRule.CopyIgnoredFile => "Attempting to Copy file that is excluded by .dockerignore",
        CheckRule.InvalidDefinitionDescription => "Comment for build stage or argument should follow the format: `# <arg/stage name> <description>`. If this is not intended to be a description comment, add an empty line or comment between the instruction and the comment.",
        CheckRule.RemovalFreesNothing => "What a step removes of the layers below it is shipped all the same",
        CheckRule.PackageCacheLeft => "What a package manager keeps for itself is in a layer",
        CheckRule.SecretInHistory => "A secret of the build can be read from the image",
        CheckRule.ExposeProtoCasing => "Protocol in EXPOSE instruction should be lowercase",
        _ => "IP address and host-port mapping should not be used in EXPOSE instruction. This will become an error in a future release",
    };
}
