using System.Runtime.InteropServices;

namespace Strata.Layers.Indexes;

/// <summary>How layers lie on each other: what overlayfs would show. OCI image spec, layer.md, "Applying Changesets".</summary>
internal static class Merging
{
    public static Merged Nothing { get; } = new(-1, -1, 0);

    /// <param name="states">What each layer says of one path, the base first.</param>
    /// <param name="floor">The lowest layer that shows through in the folder above.</param>
    public static Merged Of(ReadOnlySpan<PathState> states, int floor)
    {
        var winner = -1;
        var implied = -1;
        for (var layer = states.Length - 1; layer >= floor; layer--)
        {
            var state = states[layer];
            // A folder that an upper layer has in the place of a file hides the file.
            if (state.Number >= 0 && winner < 0 && (state.IsFolder || implied < 0)) winner = layer;
            else if (state.IsFolder && state.Number < 0 && winner < 0 && implied < 0) implied = layer;
            if (state.HidesLower) return Seen(states, winner, implied, layer);
        }
        return Seen(states, winner, implied, floor);
    }

    /// <summary>Below a file there is nothing, whatever lower layers have there.</summary>
    private static Merged Seen(ReadOnlySpan<PathState> states, int winner, int implied, int floor) =>
        new(winner, implied, winner >= 0 && !states[winner].IsFolder ? states.Length : floor);

    /// <param name="Winner">The layer whose entry counts, or -1.</param>
    /// <param name="Implied">The uppermost layer that has the path as a folder without mentioning it, or -1.</param>
    /// <param name="Floor">The lowest layer that shows through below the path.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Merged(int Winner, int Implied, int Floor)
    {
        public bool IsThere => Winner >= 0 || Implied >= 0;

        public int Layer => Winner >= 0 ? Winner : Implied;
    }
}
