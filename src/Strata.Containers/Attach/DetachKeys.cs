namespace Strata.Containers.Attach;

/// <summary>Looks for the keys that leave a container in what is typed. A beginning of them is held back until it is clear that it was none.</summary>
internal sealed class DetachKeys(ReadOnlyMemory<byte> keys)
{
    private int _matched;

    /// <returns>What is to be handed on.</returns>
    public ReadOnlyMemory<byte> Pass(ReadOnlyMemory<byte> typed, out bool isDetached)
    {
        isDetached = false;
        if (keys.Length == 0) return typed;
        var passed = new List<byte>(typed.Length);
        foreach (var key in typed.Span)
        {
            if (key == keys.Span[_matched])
            {
                if (++_matched < keys.Length) continue;
                isDetached = true;
                break;
            }
            passed.AddRange(keys.Span[.._matched]);
            _matched = key == keys.Span[0] ? 1 : 0;
            if (_matched == 0) passed.Add(key);
        }
        return passed.ToArray();
    }
}
