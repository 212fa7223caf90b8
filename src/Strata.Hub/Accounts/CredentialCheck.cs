using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Hub;

/// <summary>
/// Checks user names and passwords. An unknown name takes as long as a wrong password and says the same. Slow hashes are made a few at a
/// time, once for all who send the same password at once, and what was right is remembered for a while.
/// </summary>
internal sealed class CredentialCheck(AccountBook book, Callers callers, PublisherSecret publisher, FailureLimit failures, AuthOptions options, TimeProvider time) : IDisposable
{
    private const int MostWaiting = 64;
    private const int MostRemembered = 4096;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (string Version, DateTimeOffset Until)> _right = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<bool>>> _running = new(StringComparer.Ordinal);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly string _unmatchable = PasswordHash.Unmatchable(options.PasswordRounds);

    // Half of the processor is left to those who are in.
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));
    private int _waiting;

    public async ValueTask<CredentialAnswer> CheckAsync(string user, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        var account = book.Find(user);
        // Random and long: nobody guesses these, so they are not counted, and a client that is in never waits for one that guesses.
        if (user == PublisherSecret.UserName && publisher.Matches(user, password)) return new(callers.OfPublisher);
        if (password.StartsWith(PersonalToken.Prefix, StringComparison.Ordinal) && ByToken(account, password) is { } byToken) return new(byToken);
        var mark = MarkOf(user, password);
        if (account is not null && IsRemembered(mark, account)) return new(Callers.Of(account));
        if (_running.TryGetValue(mark, out var running)) return AnswerOf(account, await running.Value.WaitAsync(cancellationToken).ConfigureAwait(false));

        if (failures.Begin(user, address) is { Ticks: > 0 } wait) return new(Caller: null, wait);
        if (Volatile.Read(ref _waiting) >= MostWaiting) return new(Caller: null, TimeSpan.FromSeconds(1));
        var answer = AnswerOf(account, await ByPasswordAsync(mark, account, password).WaitAsync(cancellationToken).ConfigureAwait(false));
        if (answer.Caller is not null) failures.Succeeded(user, address);
        return answer;
    }

    public void Dispose() => _turns.Dispose();

    private static CredentialAnswer AnswerOf(Account? account, bool matches) => new(account is not null && matches ? Callers.Of(account) : null);

    private Caller? ByToken(Account? account, string secret)
    {
        var hash = Encoding.ASCII.GetBytes(PersonalToken.HashOf(secret));
        PersonalToken? found = null;
        foreach (var token in account?.Tokens ?? [])
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(token.Hash), hash)) found = token;
        if (found is null || !found.IsGood(time.GetUtcNow())) return null;
        book.MarkUsed(account!.Name, found);
        return Callers.Of(account, found);
    }

    private Task<bool> ByPasswordAsync(string mark, Account? account, string password) =>
        _running.GetOrAdd(mark, _ => new Lazy<Task<bool>>(() => Task.Run(() => HashAsync(mark, account, password)))).Value;

    private async Task<bool> HashAsync(string mark, Account? account, string password)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _turns.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            try
            {
                var matches = PasswordHash.Matches(password, account?.Password ?? _unmatchable) && account is not null;
                if (matches) Remember(mark, account!);
                return matches;
            }
            finally
            {
                _turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
            _running.TryRemove(mark, out _);
        }
    }

    private bool IsRemembered(string mark, Account account) =>
        _right.TryGetValue(mark, out var known) && known.Version == account.PasswordVersion && time.GetUtcNow() < known.Until;

    private void Remember(string mark, Account account)
    {
        if (_right.Count >= MostRemembered) _right.Clear();
        _right[mark] = (account.PasswordVersion, time.GetUtcNow() + Remembered);
    }

    /// <summary>Names a user and password to this process, and to nobody else.</summary>
    private string MarkOf(string user, string password) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(user + "\0" + password)));
}
