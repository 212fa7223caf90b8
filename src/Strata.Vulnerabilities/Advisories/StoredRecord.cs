using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Advisories;

/// <summary>A record out of the database, without what was matched already.</summary>
internal sealed record StoredRecord(string Id, DateTimeOffset Modified, DateTimeOffset? Published, OsvText Text, string Source);
