namespace Strata.Vulnerabilities.Osv;

/// <summary>A text is no OSV record; the message says why, in one sentence.</summary>
internal sealed class OsvFormatException(string message) : FormatException(message);
