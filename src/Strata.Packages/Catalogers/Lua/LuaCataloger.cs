namespace Strata.Packages.Catalogers.Lua;

/// <summary>LuaRocks keeps the rockspec of each rock that it installed.</summary>
internal sealed class LuaCataloger : WholeDocumentCataloger
{
    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name.EndsWith(".rockspec", StringComparison.Ordinal) ? Rockspec.Read : null;
}
