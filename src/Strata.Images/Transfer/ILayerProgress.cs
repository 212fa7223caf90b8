namespace Strata.Images;

/// <summary>Is told how a layer arrives.</summary>
internal interface ILayerProgress
{
    /// <summary>Bytes that an earlier attempt had left; negative when they turned out to be of no use.</summary>
    void Kept(long bytes);

    void Arrived(int bytes);
}
