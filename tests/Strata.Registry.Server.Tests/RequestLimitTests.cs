using System.Net;
using Microsoft.Extensions.DependencyInjection;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

public sealed class RequestLimitTests
{
    private readonly MovableClock _clock = new();

    [Fact]
    public void A_client_has_a_burst_and_then_an_even_rate()
    {
        var limiter = new RequestLimiter(perSecond: 10, burst: 3, _clock);
        var client = new ClientKey("a", default);
        for (var i = 0; i < 3; i++) limiter.Admit(client).ShouldBeNull();
        limiter.Admit(client).ShouldBe(TimeSpan.FromMilliseconds(100));
        limiter.Admit(new ClientKey("b", default)).ShouldBeNull();
        _clock.Move(TimeSpan.FromMilliseconds(99));
        limiter.Admit(client).ShouldBe(TimeSpan.FromMilliseconds(1));
        _clock.Move(TimeSpan.FromMilliseconds(1));
        limiter.Admit(client).ShouldBeNull();
        limiter.Admit(client).ShouldNotBeNull();
        _clock.Move(TimeSpan.FromHours(1));
        for (var i = 0; i < 3; i++) limiter.Admit(client).ShouldBeNull();
        limiter.Admit(client).ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_go_on()
    {
        await using var host = await StartAsync(new LimitOptions { RequestsPerSecond = 1 });
        (await host.Client.GetAsync("/v2/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var refused = await host.Client.GetAsync("/v2/");
        await refused.ShouldBeFaultAsync(HttpStatusCode.TooManyRequests, "TOOMANYREQUESTS");
        refused.Header("Retry-After").ShouldBe("1");
        _clock.Move(TimeSpan.FromSeconds(1));
        (await host.Client.GetAsync("/v2/")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Pulls_are_counted_and_questions_whether_there_is_something_new_are_not()
    {
        await using var host = await StartAsync(new LimitOptions { Pulls = new PullLimitOptions { Anonymous = 2, Window = TimeSpan.FromHours(6) } });
        await host.Client.PushImageAsync("v1");
        var path = $"/v2/{Repository}/manifests/v1";

        for (var i = 0; i < 3; i++) (await host.Client.SendAsync("HEAD", path)).Header("ratelimit-remaining").ShouldBe("2;w=21600");
        var first = await host.Client.GetAsync(path);
        first.Header("ratelimit-limit").ShouldBe("2;w=21600");
        first.Header("ratelimit-remaining").ShouldBe("1;w=21600");
        first.Header("docker-ratelimit-source").ShouldBe("127.0.0.1");
        _clock.Move(TimeSpan.FromHours(1));
        (await host.Client.GetAsync(path)).Header("ratelimit-remaining").ShouldBe("0;w=21600");

        var refused = await host.Client.GetAsync(path);
        await refused.ShouldBeFaultAsync(HttpStatusCode.TooManyRequests, "TOOMANYREQUESTS");
        refused.Header("Retry-After").ShouldBe("18000");
        (await host.Client.SendAsync("HEAD", path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Client.GetAsync($"/v2/{Repository}/tags/list")).StatusCode.ShouldBe(HttpStatusCode.OK);

        _clock.Move(TimeSpan.FromHours(5));
        (await host.Client.GetAsync(path)).Header("ratelimit-remaining").ShouldBe("1;w=21600");
    }

    [Fact]
    public async Task Without_limits_nothing_is_said_of_them()
    {
        await using var host = await RegistryHost.StartAsync();
        await host.Client.PushImageAsync("v1");
        (await host.Client.GetAsync($"/v2/{Repository}/manifests/v1")).Header("ratelimit-limit").ShouldBe("");
    }

    private Task<RegistryHost> StartAsync(LimitOptions limits) =>
        RegistryHost.StartAsync(s => s.AddSingleton<TimeProvider>(_clock), o => o with { Limits = limits });
}
