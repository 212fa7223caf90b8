namespace Strata.Packages.Catalogers.Hex;

/// <summary>The lock files of Elixir and Erlang, whose packages have one registry.</summary>
internal sealed class HexCataloger : WholeDocumentCataloger
{
    public override bool IsPlan => true;

    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name switch
    {
        "mix.lock" => HexLock.ReadMix,
        "rebar.lock" => HexLock.ReadRebar,
        _ => null,
    };
}
