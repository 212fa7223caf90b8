using Strata.Testing;

namespace Strata.Vulnerabilities.Tests.Versions;

/// <summary>The reference implementations, as Debian installs them; node's may be the one that npm brings along.</summary>
internal static class References
{
    private const string NpmSemver = "/usr/lib/node_modules/npm/node_modules/semver";
    private const string DebianSemver = "/usr/share/nodejs/semver";
    private const string MavenJar = "/usr/share/java/maven-artifact-3.x.jar";
    private const string PythonPackaging = "/usr/lib/python3/dist-packages/packaging";
    private const string GoModules = "/usr/share/gocode/src/golang.org/x/mod/semver/semver.go";

    private static string Folder => Path.Combine(Checkout.Root, "artifacts", "references");

    public static Reference Of(string ecosystem) => ecosystem switch
    {
        "rpm" => new("rpm", ["--eval", Rpm], ["/usr/bin/rpm"]),
        "pypi" => new("/usr/bin/python3", ["-c", Python], ["/usr/bin/python3", PythonPackaging]),
        "gem" => new("ruby", ["-e", Ruby], ["/usr/bin/ruby"]),
        "npm" => Path.Exists(NpmSemver) ? new("node", ["-e", Node, NpmSemver], ["/usr/bin/node"]) : new("node", ["-e", Node, DebianSemver], ["/usr/bin/node", DebianSemver]),
        "maven" => new("java", ["-cp", $"{MavenJar}:/usr/share/java/commons-lang3.jar", Source("Compare.java", Java)], ["/usr/bin/javac", MavenJar]),
        "composer" => new("php", ["-r", Php], ["/usr/bin/php", "/usr/share/php/Composer/Semver/autoload.php"]),
        "go" => new("go", ["run", Source("compare.go", Go)], ["/usr/bin/go", GoModules], new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["GO111MODULE"] = "off",
            ["GOPATH"] = "/usr/share/gocode",
            ["GOCACHE"] = Path.Combine(Folder, "go-cache"),
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(ecosystem), ecosystem, "no reference is known"),
    };

    private static string Source(string name, string text)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private const string Rpm = """
        %{lua:
        for l in io.stdin:lines() do
          local t = string.find(l, "\t", 1, true)
          local ok, r = pcall(rpm.vercmp, string.sub(l, 1, t - 1), string.sub(l, t + 1))
          print((not ok and "?" or r < 0 and "<" or r > 0 and ">" or "=") .. "\n")
        end}
        """;

    private const string Python = """
        import sys
        from packaging.version import Version, InvalidVersion
        def sign(a, b):
            try: a, b = Version(a), Version(b)
            except InvalidVersion: return "?"
            return "<" if a < b else ">" if a > b else "="
        for line in sys.stdin:
            a, b = line.rstrip("\n").split("\t")
            print(sign(a, b))
        """;

    private const string Ruby = """
        STDIN.each_line do |line|
          a, b = line.chomp.split("\t", -1)
          if Gem::Version.correct?(a) && Gem::Version.correct?(b)
            puts({ -1 => "<", 0 => "=", 1 => ">" }[Gem::Version.new(a) <=> Gem::Version.new(b)])
          else
            puts "?"
          end
        end
        """;

    private const string Node = """
        const semver = require(process.argv[1]);
        const lines = require("fs").readFileSync(0, "utf8").split("\n").slice(0, -1);
        console.log(lines.map(l => {
          const [a, b] = l.split("\t");
          if (!semver.valid(a) || !semver.valid(b)) return "?";
          const r = semver.compare(a, b);
          return r < 0 ? "<" : r > 0 ? ">" : "=";
        }).join("\n"));
        """;

    private const string Java = """
        import java.io.*;
        import org.apache.maven.artifact.versioning.ComparableVersion;
        class Compare {
            public static void main(String[] arguments) throws Exception {
                var in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
                var out = new StringBuilder();
                for (String line; (line = in.readLine()) != null;) {
                    var pair = line.split("\t", -1);
                    int r = new ComparableVersion(pair[0]).compareTo(new ComparableVersion(pair[1]));
                    out.append(pair[0].isEmpty() || pair[1].isEmpty() ? "?\n" : r < 0 ? "<\n" : r > 0 ? ">\n" : "=\n");
                }
                System.out.print(out);
            }
        }
        """;

    private const string Php = """
        require "/usr/share/php/Composer/Semver/autoload.php";
        $parser = new Composer\Semver\VersionParser();
        while (($line = fgets(STDIN)) !== false) {
            [$a, $b] = explode("\t", rtrim($line, "\n"));
            try { $r = version_compare($parser->normalize($a), $parser->normalize($b)); echo $r < 0 ? "<" : ($r > 0 ? ">" : "="), "\n"; }
            catch (UnexpectedValueException $e) { echo "?\n"; }
        }
        """;

    private const string Go = """
        package main

        import (
            "bufio"
            "fmt"
            "os"
            "strings"

            "golang.org/x/mod/semver"
        )

        func main() {
            lines := bufio.NewScanner(os.Stdin)
            for lines.Scan() {
                pair := strings.Split(lines.Text(), "\t")
                for i := range pair {
                    pair[i] = "v" + strings.TrimPrefix(pair[i], "v")
                }
                if !semver.IsValid(pair[0]) || !semver.IsValid(pair[1]) {
                    fmt.Println("?")
                } else {
                    fmt.Println([]string{"<", "=", ">"}[semver.Compare(pair[0], pair[1])+1])
                }
            }
        }
        """;
}
