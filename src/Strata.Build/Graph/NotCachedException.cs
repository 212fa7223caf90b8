namespace Strata.Build.Graph;

/// <summary>A step would have to be done, and only what is cached is looked at.</summary>
internal sealed class NotCachedException() : BuildException("the step is not cached");
