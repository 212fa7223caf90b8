namespace Strata.Packages.Catalogers;

/// <summary>What a name, a version and the like may be, whatever database has it.</summary>
internal static class FieldText
{
    /// <summary>Characters; real ones have some dozens.</summary>
    internal const int Longest = 1024;

    /// <summary>No text, or one of sensible length without control characters.</summary>
    public static bool IsSound(string? text) => text is null || text.Length <= Longest && !text.AsSpan().ContainsAnyInRange('\0', '\u001f');
}
