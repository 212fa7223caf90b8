using Strata.Dashboard.Tasks;
using Strata.Images;
using Strata.Oci;

namespace Strata.Dashboard.Actions;

/// <summary>Pulls images as tasks; the same image twice at once is one task.</summary>
internal sealed class Pulls(LocalImages images, TaskBoard board)
{
    public BoardTask Start(Reference name) => board.Start(
        $"Pull {name.Familiar}",
        async (progress, stop) =>
        {
            var pulled = await images.PullAsync(name, new PullOptions(), progress, stop);
            progress.Finish(pulled.IsNew ? $"Pulled {pulled.Name.Familiar}." : $"{pulled.Name.Familiar} was here already, and is up to date.", $"/images/{pulled.Id}/overview");
        },
        key: $"pull {name}");
}
