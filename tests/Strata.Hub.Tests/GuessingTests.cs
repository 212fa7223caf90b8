using System.Net;

namespace Strata.Hub.Tests;

/// <summary>Somebody who tries passwords.</summary>
public sealed class GuessingTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private HubHost _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubHost.WithAccountsAsync(time: _time);
        _hub.Accounts.AddUser("me", "my password", isAdministrator: false);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData("me")]
    [InlineData("nobody-of-that-name")]
    public async Task Waits_twice_as_long_after_each_wrong_one(string user)
    {
        for (var i = 0; i < FailureLimit.Free; i++) (await TryAsync(user, "wrong" + i)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var seconds in (int[])[1, 2, 4, 8])
        {
            // Even the right one is not looked at.
            (await TryAsync(user, "my password")).ShouldBe((HttpStatusCode.TooManyRequests, seconds.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            _time.Advance(TimeSpan.FromSeconds(seconds));
            (await TryAsync(user, $"wrong after {seconds}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }
        (await TryAsync("admin", _hub.AdminPassword)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_has_the_right_one_begins_anew_and_who_is_in_stays_in()
    {
        for (var i = 0; i < FailureLimit.Free - 1; i++) await TryAsync("me", "wrong" + i);
        (await TryAsync("me", "my password")).Status.ShouldBe(HttpStatusCode.OK);
        for (var i = 0; i < FailureLimit.Free; i++) (await TryAsync("me", "wrong" + i)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await TryAsync("me", "wrong")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        // It was right a moment ago, and is remembered.
        (await TryAsync("me", "my password")).Status.ShouldBe(HttpStatusCode.OK);
        (await TryAsync("publisher", _hub.Secret)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Many_at_once_are_no_way_around()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => TryAsync("me", "wrong" + i)));
        answers.Count(a => a.Status == HttpStatusCode.Unauthorized).ShouldBeLessThanOrEqualTo(FailureLimit.Free);
        answers.Count(a => a.Status == HttpStatusCode.TooManyRequests).ShouldBeGreaterThanOrEqualTo(40 - FailureLimit.Free);
    }

    [Fact]
    public async Task The_same_right_one_many_times_at_once_is_right_each_time() =>
        (await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => TryAsync("me", "my password")))).ShouldAllBe(a => a.Status == HttpStatusCode.OK);

    [Fact]
    public void From_another_address_nobody_waits_and_the_limit_forgets()
    {
        var limit = new FailureLimit(_time);
        var here = IPAddress.Parse("2001:db8:1:2::1");
        for (var i = 0; i < FailureLimit.Free; i++) limit.Begin("me", here).ShouldBe(TimeSpan.Zero);
        limit.Begin("me", IPAddress.Parse("2001:db8:1:2::ffff")).ShouldBe(TimeSpan.FromSeconds(1));
        limit.Begin("me", IPAddress.Parse("2001:db8:1:3::1")).ShouldBe(TimeSpan.Zero);
        limit.Begin("you", here).ShouldBe(TimeSpan.Zero);
        _time.Advance(TimeSpan.FromMinutes(15));
        for (var i = 0; i < FailureLimit.Free; i++) limit.Begin("me", here).ShouldBe(TimeSpan.Zero);
        for (var i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(5));
            limit.Begin("me", here).ShouldBe(TimeSpan.Zero);
        }
        limit.Begin("me", here).ShouldBe(TimeSpan.FromMinutes(5));
    }

    private async Task<(HttpStatusCode Status, string Wait)> TryAsync(string user, string password)
    {
        var response = await _hub.SendAsync("GET", $"/token?service={_hub.Registry}", HubHost.Basic(user, password));
        return (response.StatusCode, response.Headers.TryGetValues("Retry-After", out var wait) ? wait.Single() : "");
    }
}
