namespace Strata.Build.Tests;

/// <summary>The record that a build leaves for those who look at it, now and later.</summary>
public sealed class HistoryTests : BuildFixture
{
    private BuildHistory History_ => new(Root);

    [Fact]
    public async Task A_build_leaves_what_it_was_and_what_it_did()
    {
        Put("a", "a");
        var image = await BuildAsync("FROM scratch\nCOPY a /1\nCOPY a /2");
        await FaultAsync("FROM scratch\nCOPY a /1\nCOPY nothing /");
        var records = History_.List();
        records.Select(r => r.State).ShouldBe([BuildState.Failed, BuildState.Done]);
        var done = records[1];
        (done.ImageId, done.Digest).ShouldBe((image.Id.ToString(), image.Digest.ToString()));
        done.Names.ShouldBe(["built:1"]);
        done.Steps.Select(s => (s.Name, s.State)).ShouldBe([("[1/2] COPY a /1", StepState.Done), ("[2/2] COPY a /2", StepState.Done)]);
        done.Steps[0].Reason.ShouldBe("it was not built before");
        done.Ended.ShouldNotBeNull();
        records[0].Error!.ShouldContain("\"/nothing\": not found");
        records[0].Steps.Select(s => s.State).ShouldBe([StepState.Cached, StepState.Failed]);
        History_.Find(done.Id).ShouldNotBeNull().Id.ShouldBe(done.Id);
        History_.Find("../" + done.Id).ShouldBeNull();
    }

    [Fact]
    public async Task A_password_in_an_address_is_not_on_record()
    {
        await FaultAsync("", o => o with { Context = "https://me:hush@127.0.0.1:1/x.git", Dockerfile = null });
        History_.List().ShouldHaveSingleItem().Context.ShouldBe("https://127.0.0.1:1/x.git");
    }

    [Fact]
    public void What_nobody_saw_end_was_interrupted()
    {
        var folder = Folder.Folder("root/builds/history/20260101T000000000-abcdef");
        File.WriteAllText(Path.Combine(folder, "record.json"), """{"id":"20260101T000000000-abcdef","state":"Running","started":"2026-01-01T00:00:00Z"}""");
        History_.List().ShouldHaveSingleItem().State.ShouldBe(BuildState.Interrupted);
        using var held = Content.FileLock.Exclusive(Path.Combine(folder, "lock"));
        History_.List().ShouldHaveSingleItem().State.ShouldBe(BuildState.Running);
    }

    [Fact]
    public void A_log_is_followed_line_by_line()
    {
        var path = Folder.File("root/builds/history/x/log", "1\tone\n2\ttwo\tmore\n1\tnot who");
        var (lines, next) = History_.ReadLog("x", 0);
        lines.ShouldBe([new BuildLogLine(1, "one"), new BuildLogLine(2, "two\tmore")]);
        File.AppendAllText(path, "le\n");
        History_.ReadLog("x", next).Lines.ShouldBe([new BuildLogLine(1, "not whole")]);
        History_.ReadLog("y", 0).Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_oldest_go()
    {
        for (var i = 0; i < 120; i++) Folder.File($"root/builds/history/19990101T000000{i:000}-abcdef/record.json", "{}");
        await BuildAsync("FROM scratch");
        Directory.GetDirectories(Path.Combine(Root, "builds/history")).Length.ShouldBe(100);
        History_.List()[0].State.ShouldBe(BuildState.Done);
    }
}
