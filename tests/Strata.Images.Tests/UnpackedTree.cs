using Strata.Images.Transports;
using Strata.Testing;

namespace Strata.Images.Tests;

/// <summary>What umoci, which knows nothing of this code, unpacks of an image: every path with all that a tree shows of it.</summary>
internal static class UnpackedTree
{
    public static async Task<string> OfAsync(LocalImages images, string image, string work)
    {
        var folder = Path.Combine(work, Guid.NewGuid().ToString("N"));
        await images.CopyAsync(ImageLocation.Parse(image), ImageLocation.Parse($"oci:{folder}/layout:x"), new CopyOptions(), progress: null, CancellationToken.None);
        string[] rootless = Environment.IsPrivilegedProcess ? [] : ["--rootless"];
        await RealTool.RunAsync("umoci", ["unpack", .. rootless, "--image", $"{folder}/layout:x", $"{folder}/bundle"]);
        var root = $"{folder}/bundle/rootfs";
        var tree = await RealTool.RunAsync("find", root, "-mindepth", "1", "-type", "d", "-printf", "%P d %m %U:%G %T@\n",
            "-o", "!", "-type", "d", "-printf", "%P %y %m %U:%G %s %n %l %T@\n");
        var sums = await RealTool.RunAsync("find", root, "-type", "f", "-exec", "sha256sum", "{}", "+");
        var attributes = await RealTool.TryAsync("getfattr", "-R", "-d", "-m", "^user\\.", "--absolute-names", root);
        return string.Join('\n', tree.Split('\n').Order(StringComparer.Ordinal)) + "\n"
            + string.Join('\n', sums.Replace(root, "", StringComparison.Ordinal).Split('\n').Order(StringComparer.Ordinal))
            + attributes.Output.Replace(root, "", StringComparison.Ordinal);
    }
}
