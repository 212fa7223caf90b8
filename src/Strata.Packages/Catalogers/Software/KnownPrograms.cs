using System.Collections.Frozen;

namespace Strata.Packages.Catalogers.Software;

/// <summary>The table of programs that images often have without a package database that knows of them.</summary>
internal static class KnownPrograms
{
    private const string Three = @"(?<v>[0-9]+\.[0-9]+\.[0-9]+)";
    private const string Two = @"(?<v>[0-9]+\.[0-9]+(\.[0-9]+)?)";

    private static readonly KnownProgram[] All =
    [
        new("python", ["python2.*", "python3.*", "libpython*.so*"], @"\x00(?<v>{v}[-._a-zA-Z0-9]*)\x00"),
        new("pypy", ["libpypy*.so*"], @"\[PyPy " + Three),
        new("node", ["node", "nodejs", "libnode.so*"], @"node\.js/v" + Three, @"\x00(node )?v(?<v>[0-9]+\.[0-9]+\.[0-9]+)\x00"),
        new("deno", ["deno"], "Deno/" + Three),
        new("nginx", ["nginx"], @"nginx version: [^/\x00]{1,40}/(?<v>[0-9]+\.[0-9]+\.[0-9]+(\+[0-9]+)?(-[0-9]+)?)"),
        new("redis", ["redis-server", "redis-check-rdb"],
            @"[^0-9](?<v>[0-9]+\.[0-9]+\.[0-9]+)buildkitsandbox-[0-9]+",
            @"[^0-9](?<v>[0-9]+\.[0-9]+\.[0-9]+)[-_.0-9A-Za-z]{1,64}-[0-9]{10,20}\x00",
            "Redis version " + Three,
            @"\x00(?<v>[0-9]+\.[0-9]+\.[0-9]+)\x00"),
        new("valkey", ["valkey-server"], @"[^0-9](?<v>[0-9]+\.[0-9]+\.[0-9]+)[-_.0-9A-Za-z]{1,64}-[0-9]{10,20}\x00", @"\x00(?<v>[0-9]+\.[0-9]+\.[0-9]+)\x00"),
        new("memcached", ["memcached"], "memcached " + Three, @"\x00(?<v>1\.[0-9]+\.[0-9]+)\x00"),
        new("haproxy", ["haproxy"],
            @"version (?<v>[0-9]+\.[0-9]+(\.|-dev|-rc)[0-9]+)(-[-+.~a-z0-9]{1,40})?, released 20",
            @"HA-?Proxy version (?<v>[0-9]+\.[0-9]+(\.|-dev)[0-9]+)",
            @"\x00(?<v>[0-9]+\.[0-9]+(\.|-dev)[0-9]+)-[0-9a-zA-Z]{7}",
            @"\x00(?<v>[0-9]+\.[0-9]+\.[0-9]+)(-[-+.~a-z0-9]{1,40})?\x00"),
        new("httpd", ["httpd", "apache2"], "Apache/" + Three),
        new("lighttpd", ["lighttpd"], @"lighttpd/" + Three),
        new("proftpd", ["proftpd"], @"ProFTPD Version (?<v>[0-9]+\.[0-9]+\.[0-9]+[a-z]?)"),
        new("postgresql", ["postgres"], @"[\x00?]PostgreSQL (?<v>[0-9]+(\.[0-9]+)?(\.[0-9]+)?(alpha[0-9]|beta[0-9]|rc[0-9])?)"),
        new("mariadb", ["mariadb", "mariadbd", "mysql", "mysqld"], @"(?<v>[0-9]+\.[0-9]+(\.[0-9]+)?(alpha[0-9]|beta[0-9]|rc[0-9])?)-MariaDB"),
        new("percona-server", ["mysql", "mysqld"], @"/percona-server-(?<v>[0-9]+\.[0-9]+(\.[0-9]+)?)"),
        new("percona-xtradb-cluster", ["mysql", "mysqld"], @"/Percona-XtraDB-Cluster-(?<v>[0-9]+\.[0-9]+(\.[0-9]+)?)"),
        new("percona-xtrabackup", ["xtrabackup"], @"/percona-xtrabackup-(?<v>[0-9]+\.[0-9]+(\.[0-9]+)?)"),
        new("mysql", ["mysql", "mysqld"], @"\x00(?<v>[0-9]+\.[0-9]+\.[0-9]+(-rc)?)\x00+mysql", @"/mysql-(?<v>[0-9]+\.[0-9]+\.[0-9]+)"),
        new("mongodb", ["mongod"], @"(?<v>[0-9]+\.[0-9]+\.[0-9]+)\x00(tcmalloc|\x00*heap_size|\x00*cppdefines)"),
        new("sqlcipher", ["sqlcipher"], @"[^0-9]\x00" + Three + @"\x00"),
        new("aws-lc", ["openssl", "libcrypto.so*"], @"AWS-LC (?<v>[0-9]+\.[0-9]+\.[0-9]+)\)?\x00"),
        new("openssl", ["openssl", "libssl.so*", "libcrypto.so*"], @"[\x00 ]OpenSSL (?<v>[0-9]+\.[0-9]+\.[0-9]+([a-z]{1,2}|-alpha[0-9]|-beta[0-9]|-rc[0-9])?)[ \x00]"),
        new("busybox", ["busybox"], @"BusyBox\sv" + Three),
        new("bash", ["bash"], @"@\(#\)Bash version " + Three),
        new("util-linux", ["getopt"], @"\x00util-linux " + Two),
        new("perl", ["perl", "perl5.*", "libperl.so*"], @"/lib/(x86_64-linux-gnu/|aarch64-linux-gnu/)?perl5?/(?<v>5\.[0-9]+\.[0-9]+)", @"\x00v(?<v>5\.[0-9]+\.[0-9]+)\x00"),
        new("composer", ["composer*"], @"'pretty_version'\s{0,8}=>\s{0,8}'(?<v>[0-9]+\.[0-9]+\.[0-9]+((beta|alpha|RC)[0-9]+)?)'"),
        new("php-cli", ["php", "php7*", "php8*"], @"X-Powered-By: PHP/(?<v>[0-9]+\.[0-9]+\.[0-9]+((beta|alpha|RC)[0-9]+)?)"),
        new("php-fpm", ["php-fpm*"], @"X-Powered-By: PHP/(?<v>[0-9]+\.[0-9]+\.[0-9]+((beta|alpha|RC)[0-9]+)?)"),
        new("php-cgi", ["php-cgi*"], @"X-Powered-By: PHP/(?<v>[0-9]+\.[0-9]+\.[0-9]+((beta|alpha|RC)[0-9]+)?)"),
        new("libphp", ["libphp*.so"], @"X-Powered-By: PHP/(?<v>[0-9]+\.[0-9]+\.[0-9]+((beta|alpha|RC)[0-9]+)?)"),
        new("ruby", ["ruby", "libruby*.so*"], @"ruby (?<v>[0-9]+\.[0-9]+\.[0-9]+((p|preview|rc|dev)[0-9]*)?) "),
        new("erlang", ["erlexec", "beam.smp", "liberts_internal.a"],
            @"/erlang-(?<v>[0-9]+\.[0-9]+(\.[0-9]+){0,2})[^/]{0,20}/erts/",
            @"/src/otp[_-](src_)?(?<v>[0-9]+\.[0-9]+(\.[0-9]+){0,2}(-rc[0-9])?)/erts/",
            @"\x00(?<v>[0-9]{2}\.[0-9]+(\.[0-9]+){0,2}(-rc[0-9])?)\x00+Erlang/OTP"),
        new("elixir", ["elixir"], @"ELIXIR_VERSION=(?<v>[0-9]+\.[0-9]+\.[0-9]+(-[a-z0-9]+(\.[0-9]+)?)?)"),
        new("elixir", ["elixir.app"], @"\{vsn,""(?<v>[0-9]+\.[0-9]+\.[0-9]+(-[a-z0-9]+(\.[0-9]+)?)?)""\}") { Below = "elixir/ebin/" },
        new("julia", ["libjulia-internal.so*"], @"__init__\x00(?<v>[0-9]+\.[0-9]+\.[0-9]+)\x00verify"),
        new("swipl", ["swipl"], @"swipl-(?<v>[0-9]+\.[0-9]+\.[0-9]+)/"),
        new("dart", ["dart"], @"\x00(?<v>[0-9]+\.[0-9]+\.[0-9]+(-[0-9]+(\.[0-9]+)?\.beta)?) \((stable|beta|dev)\)"),
        new("haskell/ghc", ["ghc", "ghc-*"], @"\x00GHC (?<v>[0-9]+\.[0-9]+\.[0-9]+)\x00"),
        new("haskell/cabal", ["cabal"], @"\x00Cabal-(?<v>[0-9]+\.[0-9]+\.[0-9]+(\.[0-9]+)?)-"),
        new("haskell/stack", ["stack"], @"Version\s{0,4}(?<v>[0-9]+\.[0-9]+\.[0-9]+),\s{0,4}Git"),
        new("rust", ["libstd-*.so"], @"clang LLVM \(rustc version " + Three, @"rustc version " + Three),
        new("gcc", ["gcc"], @"GCC: \(GNU\) " + Three),
        new("git", ["git"], @"\x00git/(?<v>[0-9]+\.[0-9]+\.[0-9]+)", @"\x00git version (?<v>[0-9]+\.[0-9]+\.[0-9]+)\x00", @"\x00(?<v>2\.[0-9]+\.[0-9]+)\x00"),
        new("curl", ["curl"], "curl/" + Three, @"\x00(?<v>[78]\.[0-9]+\.[0-9]+)\x00"),
        new("libcurl", ["libcurl.so*"], "libcurl/" + Three),
        new("openldap", ["ldapsearch"], @"\$OpenLDAP: ldapsearch " + Three),
        new("zstd", ["zstd"], @"\x00v(?<v>[0-9]+\.[0-9]+\.[0-9]+)\x00", @"\x00(?<v>1\.[0-9]+\.[0-9]+)\x00"),
        new("xz", ["xz"], @"\x00xz \(XZ Utils\) " + Three, @"\x00(?<v>5\.[0-9]+\.[0-9]+)\x00"),
        new("gzip", ["gzip"], @"\x00(?<v>1\.[0-9]+)\x00"),
        new("jq", ["jq"], @"\x00(jq-)?(?<v>1\.[0-9]{1,3}(\.[0-9]+)?)\x00"),
        new("ffmpeg", ["ffmpeg"], @"%s version " + Two, "FFmpeg version " + Two),
        new("ffmpeg", ["libav*.so*", "libsw*.so*"], "FFmpeg version " + Two),
        new("qtbase", ["libQt*Core.so*"], @"\x00Qt (?<v>[0-9]+\.[0-9]+\.[0-9]+) \(", "QtCore library version " + Three),
        new("chrome", ["chrome"], @"\x00(?<v>[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+)\x00Default"),
        new("wp-cli", ["wp"], "wp-cli/wp-cli " + Three),
        new("fluent-bit", ["fluent-bit"], @"\x00(?<v>[0-9]+\.[0-9]+\.[0-9]+)\x00(\x1b\[1m\x00|\x00{1,2})?(%s)?Fluent") { Type = "github", Namespace = "fluent" },
        new("envoy", ["envoy"], @"\x00(?<v>1\.[0-9]+\.[0-9]+(-dev)?)\x00.{0,1000}(envoy[_.]reloadable_features|Unable to|ValidationError|RELEASE)"),
        new("traefik", ["traefik"], @"[\x00\xfd]v?(?<v>[0-9]+\.[0-9]+\.[0-9]+(-(alpha|beta|rc)\.?[0-9]+)?)\x00"),
        new("graalvm", ["java"], @"\x00(?<v>[0-9]+[.0-9]+\+[0-9]+-jvmci-[0-9]+[.0-9]+-b[0-9]+)\x00") { Namespace = "oracle" },
        new("zulu", ["java"], @"\x00java\x00[0-9][.0-9]*\x00+(?<v>[0-9][^\x00]{1,60})\x00", @"\x00[0-9][.0-9]*\x00+(?<v>[0-9][^\x00]{1,60})\x00+(openjdk|java)") { Namespace = "azul", Below = "zulu" },
        new("openjdk", ["java", "jdb"],
            @"\x00openjdk\x00java\x00[0-9][.0-9]*\x00(?<v>[0-9][^\x00]{1,60})\x00",
            @"\x00[0-9][.0-9]*\x00+(?<v>[0-9][^\x00]{1,60})\x00+openjdk\x00java") { Namespace = "oracle" },
    ];

    /// <summary>By the first character of their files, as every file of an image is asked for.</summary>
    private static readonly FrozenDictionary<char, KnownProgram[]> ByFirst = All
        .SelectMany(p => p.Files.Select(f => (First: f[0], Program: p)))
        .Distinct()
        .GroupBy(p => p.First, p => p.Program)
        .ToFrozenDictionary(g => g.Key, g => g.ToArray());

    /// <summary>All that a file of that name may be; most names belong to none.</summary>
    public static IReadOnlyList<KnownProgram> Find(FileCandidate file)
    {
        if (file.Name.IsEmpty || !ByFirst.TryGetValue(file.Name[0], out var programs)) return [];
        List<KnownProgram>? found = null;
        foreach (var program in programs)
            if (program.Fits(file)) (found ??= []).Add(program);
        return found ?? (IReadOnlyList<KnownProgram>)[];
    }
}
