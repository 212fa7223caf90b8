using Strata.Testing;
using static Strata.Packages.Tests.Languages.Documents;

namespace Strata.Packages.Tests.Languages;

public sealed class RubyTests
{
    [Fact]
    public void Installed_gems_are_what_RubyGems_says()
    {
        RealTool.Require("ruby", "ruby");
        const string Code = "Gem::Specification.each { |s| puts [s.loaded_from, s.name, s.version, s.platform, s.licenses.join(' ')].join(\"\\t\") }";
        var gems = RealTool.Output("ruby", "-e", Code).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')).ToArray();
        gems.Length.ShouldBeGreaterThan(20);
        foreach (var gem in gems)
        {
            var found = Single(gem[0].TrimStart('/'), File.ReadAllText(gem[0]));
            var platform = found.Qualifiers?.GetValueOrDefault("platform") ?? "ruby";
            string.Join('\t', gem[0], found.Name, found.Version, platform, string.Join(' ', found.Licenses ?? [])).ShouldBe(string.Join('\t', gem));
        }
    }

    [Theory]
    [InlineData("usr/lib/ruby/gems/3.1.0/specifications/rake-13.0.6.gemspec", true)]
    [InlineData("usr/lib/ruby/gems/3.1.0/specifications/default/json-2.6.1.gemspec", true)]
    [InlineData("specifications/a-1.gemspec", true)]
    [InlineData("usr/lib/ruby/gems/3.1.0/gems/rake-13.0.6/rake.gemspec", false)]
    [InlineData("app/my-specifications/a.gemspec", false)]
    public void A_gem_is_installed_where_its_specification_is(string path, bool wanted) => IsWanted(path).ShouldBe(wanted);

    [Fact]
    public void A_specification_may_be_without_the_comment_of_RubyGems()
    {
        var gem = Single("specifications/nokogiri.gemspec", """
            Gem::Specification.new do |spec|
              spec.name = %q{ignored}
              spec.name        = 'nokogiri'.freeze
              spec.version     = Gem::Version.new("1.15.4")
              spec.platform    = "x86_64-linux"
              spec.licenses    = ["MIT".freeze, 'Ruby']
              spec.required_rubygems_version = Gem::Requirement.new(">= 0")
            end
            """);
        (gem.Name, gem.Version).ShouldBe(("nokogiri", "1.15.4"));
        gem.Licenses.ShouldBe(["MIT", "Ruby"]);
        PackageUrl.Of(gem, distribution: null).ShouldBe("pkg:gem/nokogiri@1.15.4?platform=x86_64-linux");
    }

    [Theory]
    [InlineData("Gemfile.lock")]
    [InlineData("gems.locked")]
    public void Bundler_s_lock_has_its_gems_below_their_sources(string name) => Purls(name, """
        GIT
          remote: https://example/x.git
          revision: 0123
          specs:
            from-git (0.1.0)
              rake (>= 1)

        GEM
          remote: https://example/
          specs:
            actionpack (7.0.4)
              rack (~> 2.0, >= 2.2.0)
            nokogiri (1.15.4)
            nokogiri (1.15.4-x86_64-linux)
            pre (1.0.0.rc1-java)

        PLATFORMS
          ruby

        DEPENDENCIES
          actionpack (= 7.0.4)
          from-git!

        BUNDLED WITH
           2.3.15
        """).ShouldBe(
    [
        "pkg:gem/actionpack@7.0.4", "pkg:gem/from-git@0.1.0", "pkg:gem/nokogiri@1.15.4", "pkg:gem/nokogiri@1.15.4?platform=x86_64-linux",
        "pkg:gem/pre@1.0.0.rc1?platform=java",
    ]);
}
