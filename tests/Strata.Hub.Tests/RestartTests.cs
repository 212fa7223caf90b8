namespace Strata.Hub.Tests;

public sealed class RestartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("strata-hub-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Descriptions_and_pulls_are_there_after_a_restart()
    {
        await using (var hub = await HubHost.StartAsync(_folder, ownsFolder: false))
        {
            await hub.PushAsync("me/app", "1", "Words");
            await hub.JsonAsync("/api/v1/repositories/me/app");
            await hub.Client.GetAsync("/v2/me/app/manifests/1");
        }
        await using (var hub = await HubHost.StartAsync(_folder, ownsFolder: false))
        {
            var json = await hub.JsonAsync("/api/v1/repositories/me/app");
            json.GetProperty("description").GetString().ShouldBe("Words");
            json.GetProperty("pulls").GetInt64().ShouldBe(1);
        }
    }

    [Fact]
    public async Task What_the_hub_did_not_hear_is_found_at_the_next_start()
    {
        await using (var hub = await HubHost.StartAsync(_folder, ownsFolder: false))
        {
            await hub.PushAsync("me/app", "1", "Words");
            await hub.PushAsync("me/app", "2");
        }
        foreach (var file in Directory.GetFiles(_folder, "hub.db*")) File.Delete(file);
        await using (var hub = await HubHost.StartAsync(_folder, ownsFolder: false))
        {
            while (!(await hub.Client.GetAsync("/readyz")).IsSuccessStatusCode) await Task.Yield();
            var json = await hub.JsonAsync("/api/v1/repositories/me/app");
            json.GetProperty("tag_count").GetInt32().ShouldBe(2);
            json.GetProperty("description").GetString().ShouldBe("Words");
        }
    }

    [Fact]
    public async Task The_publishers_secret_stays_and_only_its_owner_reads_it()
    {
        string secret;
        await using (var hub = await HubHost.StartAsync(_folder, ownsFolder: false)) secret = hub.Secret;
        secret.Length.ShouldBe(43);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(_folder, "publisher-secret")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using (var hub = await HubHost.StartAsync(_folder, ownsFolder: false)) hub.Secret.ShouldBe(secret);
    }

    [Fact]
    public async Task A_secret_that_was_emptied_is_an_error_and_not_a_password()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "publisher-secret"), "\n", TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<InvalidDataException>(() => HubHost.StartAsync(_folder, ownsFolder: false))).Message.ShouldContain("publisher-secret");
    }
}
