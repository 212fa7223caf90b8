namespace Strata.Images;

/// <summary>Reads the amounts and times of a budget in the configuration file; what is wrong is said with the key that it stands under.</summary>
/// <param name="File">For people.</param>
/// <param name="Section">Where the keys stand, as <c>images.gc</c>.</param>
public readonly record struct BudgetKeys(string File, string Section)
{
    /// <exception cref="ImageException">It is no size.</exception>
    public DiskAmount? Amount(string? text, string key)
    {
        if (text is null) return null;
        return DiskAmount.TryParse(text, out var amount) ? amount : throw Wrong(key, text, "write a size such as 20GB or 512MiB, or a share of the disk such as 20%");
    }

    /// <exception cref="ImageException">It is no duration.</exception>
    public TimeSpan? Duration(string? text, string key) => text is null ? null : Durations.TryParse(text) ?? throw Wrong(key, text, "write a duration such as 48h, 90m or 7d");

    private ImageException Wrong(string key, string value, string advice) => new($"{File}: \"{Section}.{key}\" is '{value}'", advice);
}
