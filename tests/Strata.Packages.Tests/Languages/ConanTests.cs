using static Strata.Packages.Tests.Languages.Documents;

namespace Strata.Packages.Tests.Languages;

public sealed class ConanTests
{
    [Fact]
    public void The_lock_of_version_1_is_a_graph() => Purls("conan.lock", """
        {"graph_lock": {"nodes": {
          "0": {"options": "", "requires": ["1"], "path": "conanfile.py"},
          "1": {"ref": "mfast/1.2.2@my_user/my_channel#c6f6387c9b99780f0ee05e25f99d0f39", "package_id": "x"},
          "2": {"ref": "zlib/1.2.12#c67ce17f2e96b972d42393ce50a76a1a"},
          "3": {"pref": "old/1.0@_/_#0:abcdef"}}, "revisions_enabled": true}, "version": "0.4"}
        """).ShouldBe(["pkg:conan/mfast@1.2.2?channel=my_channel&user=my_user", "pkg:conan/old@1.0", "pkg:conan/zlib@1.2.12"]);

    [Fact]
    public void The_lock_of_version_2_has_lists() => Purls("conan.lock", """
        {"version": "0.5",
         "requires": ["zlib/1.3#06023034579559bb64357db3a53f88a4%1692702520.104", "fmt/10.0.0@u/c#0%1"],
         "build_requires": ["cmake/3.27.0"], "python_requires": []}
        """).ShouldBe(["pkg:conan/cmake@3.27.0", "pkg:conan/fmt@10.0.0?channel=c&user=u", "pkg:conan/zlib@1.3"]);

    [Fact]
    public void A_package_is_named_by_its_folder_and_names_what_it_needs() => Purls(
        "root/.conan/data/mfast/1.2.2/my_user/my_channel/package/9d1f076b/conaninfo.txt",
        """
        [settings]
            arch=x86_64

        [requires]
            fast_float/3.Y.Z

        [full_requires]
            fast_float/3.5.1:5ab84d6acfe1f23c4fae0ab88f26e3a396351ac9
            zlib/1.2.12@_/_:abc
        """).ShouldBe(["pkg:conan/fast_float@3.5.1", "pkg:conan/mfast@1.2.2?channel=my_channel&user=my_user", "pkg:conan/zlib@1.2.12"]);

    [Fact]
    public void Ranges_name_no_version() =>
        Purls("conanfile.txt", "[requires]\nzlib/1.2.13\nfmt/[>9.0]\n[generators]\na/b\n[tool_requires]\ncmake/3.25.3 # why\n")
            .ShouldBe(["pkg:conan/cmake@3.25.3", "pkg:conan/zlib@1.2.13"]);
}
