namespace Strata.Hub;

/// <summary>Names of users and organisations: the first part of a repository's name, so the same letters.</summary>
internal static class AccountName
{
    public const string Rule = "2 to 64 lowercase letters and digits, with single '-', '_' or '.' between them";

    /// <summary>Names that mean something else: nobody may have them.</summary>
    private static readonly string[] Reserved = [Namespaces.Official, PublisherSecret.UserName, "_", "v1", "v2", "api"];

    public static bool IsValid(string name) => name.Length is >= 2 and <= 64
        && !name.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-_.")
        && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1])
        && !Enumerable.Range(1, name.Length - 1).Any(i => !char.IsAsciiLetterOrDigit(name[i]) && !char.IsAsciiLetterOrDigit(name[i - 1]))
        && !Reserved.Contains(name, StringComparer.Ordinal);
}
