using System.Collections.Concurrent;
using System.Net;

namespace Strata.Hub;

/// <summary>
/// Makes guessing slow: after a few wrong passwords for an account from an address, each further one has to wait, twice as long each time.
/// The owner of the account, who comes from elsewhere, does not wait.
/// </summary>
internal sealed class FailureLimit(TimeProvider time)
{
    /// <summary>So many wrong ones cost nothing: people mistype.</summary>
    public const int Free = 5;
    private const int MostEntries = 10_000;
    private const int Ipv6PrefixBytes = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Counts an attempt before it is made, so that many at once are no way around. Zero when it may be made; else how long to wait.</summary>
    public TimeSpan Begin(string user, IPAddress? address)
    {
        var now = time.GetUtcNow();
        if (_entries.Count >= MostEntries) ForgetOld(now);
        var entry = _entries.GetOrAdd(KeyOf(user, address), static _ => new Entry());
        lock (entry)
        {
            if (now - entry.Last >= Forgotten) entry.Count = 0;
            if (now < entry.Until) return entry.Until - now;
            entry.Count++;
            entry.Last = now;
            if (entry.Count >= Free) entry.Until = now + Delay(entry.Count - Free);
            return TimeSpan.Zero;
        }
    }

    public void Succeeded(string user, IPAddress? address) => _entries.TryRemove(KeyOf(user, address), out _);

    private static TimeSpan Delay(int over) => over >= 9 ? Longest : TimeSpan.FromSeconds(1 << over);

    private static string KeyOf(string user, IPAddress? address) => (user.Length > 64 ? user[..64] : user) + "\n" + Place(address);

    /// <summary>Who has one IPv6 address has all of its /64.</summary>
    private static string Place(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes.Length > Ipv6PrefixBytes ? bytes.AsSpan(0, Ipv6PrefixBytes) : bytes);
    }

    private void ForgetOld(DateTimeOffset now)
    {
        var byAge = _entries.OrderBy(e => e.Value.Last).ToArray();
        foreach (var (key, entry) in byAge.Take(MostEntries / 10).Concat(byAge.Where(e => now - e.Value.Last >= Forgotten)))
            _entries.TryRemove(KeyValuePair.Create(key, entry));
    }

    private sealed class Entry
    {
        public int Count { get; set; }

        public DateTimeOffset Last { get; set; } = DateTimeOffset.MinValue;

        public DateTimeOffset Until { get; set; }
    }
}
