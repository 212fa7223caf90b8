using Strata.Vulnerabilities.Advisories;

namespace Strata.Vulnerabilities.Forms;

/// <summary>Something that is said of a CVE.</summary>
internal readonly record struct CveFact(string Cve, CveFacts Facts);
