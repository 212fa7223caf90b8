using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>The error document. Distribution spec, "Error Codes".</summary>
internal static class Faults
{
    public static async Task ShouldBeAsync(this Task<Answer> answer, HttpStatusCode status, params string[] codes) => (await answer).ShouldBeFault(status, codes);

    /// <summary>A no with the status, saying one of the codes in a document of the spec's form.</summary>
    public static void ShouldBeFault(this Answer answer, HttpStatusCode status, params string[] codes)
    {
        answer.Should(status);
        answer.Type.ShouldNotBeNull().ShouldStartWith("application/json");
        var errors = answer.Json["errors"]!.AsArray();
        errors.Count.ShouldBeGreaterThan(0);
        foreach (var error in errors)
        {
            var code = error!["code"]!.GetValue<string>();
            code.ShouldMatch("^[A-Z_]+$");
            codes.ShouldContain(code, answer.Request);
            error["message"]?.GetValue<string>().ShouldNotBeNull();
        }
    }
}
