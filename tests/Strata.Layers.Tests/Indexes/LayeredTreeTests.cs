namespace Strata.Layers.Tests.Indexes;

public sealed class LayeredTreeTests
{
    [Fact]
    public void The_upper_layer_wins_and_whiteouts_hide()
    {
        var tree = Indexed.Tree(
            new RawTar().Folder("d").File("d/a", "1").File("d/b", "1").File("o/x", "1").File("gone/x", "1").File("f", "1"),
            new RawTar().Folder("d").File("d/b", "22").File("d/.wh.a").File("o/.wh..wh..opq").File("o/y", "2").File(".wh.gone").Folder("f").File("f/in", "2"));
        tree.All().Select(e => (e.Entry.Path, e.Layer)).ShouldBe([("d", 1), ("d/b", 1), ("f", 1), ("f/in", 1), ("o", 1), ("o/y", 1)]);
        tree.Find("d/a").ShouldBeNull();
        tree.Find("gone/x").ShouldBeNull();
        tree.Find("o/x").ShouldBeNull();
        tree.Find("d/b")!.Entry.Size.ShouldBe(2);
        tree.Children("").Select(e => e.Entry.Path).ShouldBe(["d", "f", "o"]);
        tree.Children("o").Select(e => e.Entry.Path).ShouldBe(["o/y"]);
        tree.Children("d/b").ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_that_a_layer_does_not_mention_keeps_the_owner_of_the_layer_below()
    {
        var tree = Indexed.Tree(new RawTar().Folder("tmp", 0x3FF), new RawTar().File("tmp/x", "2"));
        tree.Find("tmp").ShouldNotBeNull().ShouldSatisfyAllConditions(e => e.Entry.Mode.ShouldBe(0x3FF), e => e.Layer.ShouldBe(0));
    }

    [Fact]
    public void A_file_hides_the_folder_below_it()
    {
        var tree = Indexed.Tree(new RawTar().File("a/b", "1"), new RawTar().File("a", "2"), new RawTar().File("c", "3"));
        tree.Find("a/b").ShouldBeNull();
        tree.All().Select(e => e.Entry.Path).ShouldBe(["a", "c"]);
    }

    [Theory]
    [InlineData("lib/x", "usr/lib/x")]
    [InlineData("/lib/../lib/x", "usr/lib/x")]
    [InlineData("twin", "usr/lib/x")]
    [InlineData("up", "usr/lib/x")]
    [InlineData("lib", "usr/lib")]
    [InlineData("ring", null)]
    [InlineData("lib/none", null)]
    public void Links_are_followed_within_the_image(string path, string? real) =>
        Indexed.Tree(
                new RawTar().File("usr/lib/x", "1").Hardlink("twin", "usr/lib/x"),
                new RawTar().Symlink("lib", "usr/lib").Symlink("up", "../../../usr/./lib/x").Symlink("ring", "ring"))
            .Resolve(path)?.Entry.Path.ShouldBe(real);

    [Fact]
    public void Two_images_differ_in_what_a_container_sees()
    {
        var below = new RawTar().File("same", "1").File("changed", "1").File("mode", "1").File("gone", "1");
        var changes = TreeDiff.Between(Indexed.Tree(below), Indexed.Tree(below, new RawTar().File("changed", "2").File("mode", "1", 0x1ED).File(".wh.gone").File("new", "1")));
        changes.Select(c => (c.Path, c.Kind)).ShouldBe(
            [("changed", ChangeKind.Content), ("gone", ChangeKind.Removed), ("mode", ChangeKind.Metadata), ("new", ChangeKind.Added)]);
    }

    [Fact]
    public void Waste_is_what_is_written_twice_or_hidden()
    {
        // 100 + 50 kept; a cache of 30 removed; a file of 10 written again with 20.
        var report = LayerWaste.Of([
            Indexed.Layer(new RawTar().File("keep", new string('k', 100)).File("cache/a", new string('c', 10)).File("cache/b/c", new string('c', 20)).File("again", new string('a', 10))),
            Indexed.Layer(new RawTar().File(".wh.cache").File("again", new string('a', 20)).File("more", new string('m', 50))),
        ]);
        // needed: 100 + 10 + 20 + min(10, 20) + 30 + 50; carried: 100 + 10 + 20 + 30 + 30 + 50.
        report.Efficiency.ShouldBe(220d / 240d, 1e-9);
        report.WastedBytes.ShouldBe(30);
        report.Paths.Single().ShouldSatisfyAllConditions(
            p => p.Path.ShouldBe("again"), p => p.Versions.ShouldBe([new PathVersion(0, 10, IsRemoval: false), new PathVersion(1, 20, IsRemoval: false)]));
    }

    [Fact]
    public void A_file_that_is_removed_later_is_all_waste()
    {
        var report = LayerWaste.Of([Indexed.Layer(new RawTar().File("f", new string('f', 40)).File("g", new string('g', 60))), Indexed.Layer(new RawTar().File(".wh.f"))]);
        report.Efficiency.ShouldBe(0.6, 1e-9);
        report.Paths.Single().Versions.ShouldBe([new PathVersion(0, 40, IsRemoval: false), new PathVersion(1, 0, IsRemoval: true)]);
    }

    [Fact]
    public void Random_layers_merge_as_if_they_were_unpacked_one_over_another()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var model = new SortedDictionary<string, (bool IsFolder, int Layer)>(StringComparer.Ordinal);
            var tars = new List<RawTar>();
            for (var layer = 0; layer < 4; layer++) tars.Add(RandomLayer(random, layer, model));
            var tree = Indexed.Tree([.. tars]);

            tree.All().Select(e => (e.Entry.Path, e.Layer)).OrderBy(e => e.Path, StringComparer.Ordinal)
                .ShouldBe(model.Select(m => (m.Key, m.Value.Layer)), $"seed {seed}");
            foreach (var (path, (isFolder, layer)) in model)
            {
                tree.Find(path).ShouldNotBeNull().Layer.ShouldBe(layer, $"seed {seed}");
                tree.Children(path).Select(c => c.Entry.Path).ShouldBe(model.Keys.Where(k => Path.GetDirectoryName(k) == path), $"seed {seed}");
                if (isFolder) continue;
                tree.Find(path + "/x").ShouldBeNull();
            }
        }
    }

    [Fact]
    public void Images_that_share_layers_differ_as_if_all_of_both_were_read()
    {
        var found = 0;
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            LayerIndex[] Layers(int count) => [.. Enumerable.Range(0, count).Select(l => Indexed.Layer(RandomLayer(random, l, new(StringComparer.Ordinal), mentionsFolders: random.Next(2) == 0)))];
            var shared = Layers(random.Next(4));
            var before = new LayeredTree([.. shared, .. Layers(random.Next(3))]);
            var after = new LayeredTree([.. shared, .. Layers(random.Next(3))]);

            var changes = TreeDiff.Between(before, after).ToArray();
            var (old, now) = (Seen(before), Seen(after));
            var expected = old.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Where(p => old.GetValueOrDefault(p) != now.GetValueOrDefault(p)).Select(p => (p, old.ContainsKey(p), now.ContainsKey(p)));
            changes.Select(c => (c.Path, c.Before is not null, c.After is not null)).OrderBy(c => c.Path, StringComparer.Ordinal).ShouldBe(expected, $"seed {seed}");
            foreach (var change in changes.Where(c => c.Path.Length > 0))
            {
                change.Before?.Layer.ShouldBe(before.Find(change.Path).ShouldNotBeNull().Layer, $"seed {seed}");
                change.After?.Layer.ShouldBe(after.Find(change.Path).ShouldNotBeNull().Layer, $"seed {seed}");
            }
            found += changes.Length;
        }
        found.ShouldBeGreaterThan(2000);
    }

    /// <summary>What a diff looks at, by path.</summary>
    private static Dictionary<string, string> Seen(LayeredTree tree) => tree.All().ToDictionary(e => e.Entry.Path,
        e => { var file = tree.FileOf(e).Entry; return $"{file.Type} {file.Size} {file.ContentDigest} {file.Mode}"; }, StringComparer.Ordinal);

    /// <summary>A layer whose folders are all mentioned, as builders mostly write them, and what it does to the model.</summary>
    private static RawTar RandomLayer(Random random, int layer, SortedDictionary<string, (bool IsFolder, int Layer)> model, bool mentionsFolders = true)
    {
        var tar = new RawTar();
        var own = new HashSet<string>(StringComparer.Ordinal);
        for (var step = random.Next(1, 8); step > 0; step--)
        {
            var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => "abc"[random.Next(3)].ToString()).ToArray();
            var path = string.Join('/', parts);
            // Every path once in a layer, and nothing below what is no folder in it.
            if (!own.Add(path) || own.Any(o => path.StartsWith(o + "/", StringComparison.Ordinal) && !IsOwnFolder(model, o, layer)) || own.Any(o => o.StartsWith(path + "/", StringComparison.Ordinal))) continue;
            for (var depth = 1; depth < parts.Length; depth++)
            {
                var folder = string.Join('/', parts[..depth]);
                if (!own.Add(folder)) continue;
                if (mentionsFolders) tar.Folder(folder);
                Put(model, folder, isFolder: true, layer);
            }
            switch (random.Next(4))
            {
                case 0:
                    tar.Folder(path);
                    Put(model, path, isFolder: true, layer);
                    break;
                case 1:
                    tar.Entry('0', Path.Combine(Path.GetDirectoryName(path)!, ".wh." + Path.GetFileName(path)));
                    Remove(model, path);
                    model.Remove(path);
                    break;
                case 2:
                    tar.Folder(path).Entry('0', path + "/.wh..wh..opq");
                    Put(model, path, isFolder: true, layer);
                    Remove(model, path);
                    break;
                default:
                    tar.File(path, new string('x', random.Next(1, 3)));
                    Remove(model, path);
                    Put(model, path, isFolder: false, layer);
                    break;
            }
        }
        return tar;
    }

    private static bool IsOwnFolder(SortedDictionary<string, (bool IsFolder, int Layer)> model, string path, int layer) =>
        model.TryGetValue(path, out var there) && there.IsFolder && there.Layer == layer;

    private static void Put(SortedDictionary<string, (bool IsFolder, int Layer)> model, string path, bool isFolder, int layer) => model[path] = (isFolder, layer);

    private static void Remove(SortedDictionary<string, (bool IsFolder, int Layer)> model, string path)
    {
        foreach (var below in model.Keys.Where(k => k.StartsWith(path + "/", StringComparison.Ordinal)).ToArray()) model.Remove(below);
    }
}
