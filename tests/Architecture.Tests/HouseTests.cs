using System.Text.RegularExpressions;
using System.Xml.Linq;
using Strata.Testing;

namespace Architecture.Tests;

/// <summary>The house as src/README.md draws it, held against the code.</summary>
public sealed partial class HouseTests
{
    private static readonly string Source = Path.Combine(Checkout.Root, "src");

    private static IEnumerable<string> Rooms => Directory.EnumerateDirectories(Source, "Strata.*").Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal);

    [Fact]
    public void The_map_has_a_line_for_each_room_and_no_other()
    {
        var drawn = Map().Keys.Order(StringComparer.Ordinal);
        drawn.ShouldBe(Rooms);
    }

    [Fact]
    public void A_room_knows_just_those_that_the_map_says_it_may_know()
    {
        var map = Map();
        foreach (var room in Rooms)
        {
            var known = References(room).Order(StringComparer.Ordinal);
            known.ShouldBeSubsetOf(map[room], $"{room} knows a room that the map does not allow; change the map and write a decision, or take the reference away");
        }
    }

    [Fact]
    public void Client_and_server_never_know_each_other()
    {
        References("Strata.Registry.Client").ShouldNotContain("Strata.Registry.Server");
        References("Strata.Registry.Server").ShouldNotContain("Strata.Registry.Client");
    }

    [Fact]
    public void What_the_command_line_links_is_ahead_of_time_safe()
    {
        foreach (var room in Reachable("Strata.Cli").Where(r => r != "Strata.Cli"))
            File.ReadAllText(Project(room)).ShouldContain("<IsAotCompatible>true</IsAotCompatible>", customMessage: room);
    }

    [Fact]
    public void No_source_file_is_longer_than_400_lines()
    {
        var long_ = Directory.EnumerateFiles(Source, "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .Where(f => File.ReadLines(f).Count() > 400);
        long_.ShouldBeEmpty();
    }

    /// <summary>The lines <c>| Strata.X | what | Strata.A, Strata.B |</c> of src/README.md.</summary>
    private static Dictionary<string, string[]> Map() => File.ReadLines(Path.Combine(Source, "README.md"))
        .Select(l => Row().Match(l)).Where(m => m.Success)
        .ToDictionary(m => m.Groups["room"].Value, m => m.Groups["knows"].Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Where(k => k != "-").Select(k => "Strata." + k).ToArray(), StringComparer.Ordinal);

    private static IEnumerable<string> References(string room) => XDocument.Load(Project(room)).Descendants("ProjectReference")
        .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

    private static HashSet<string> Reachable(string room)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { room };
        foreach (var known in References(room)) found.UnionWith(Reachable(known));
        return found;
    }

    private static string Project(string room) => Path.Combine(Source, room, room + ".csproj");

    [GeneratedRegex(@"^\| `(?<room>Strata\.[\w.]+)` \| [^|]+ \| (?<knows>[^|]+) \|$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
