using Microsoft.Extensions.Logging.Console;

namespace Strata.Web;

/// <summary>What a role logs: warnings and errors, a line each, on stderr.</summary>
internal static class QuietConsole
{
    public static ILoggingBuilder AddQuietConsole(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Warning);
        // A start that fails is explained in two lines; the trace of it would bury them.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
        // What it would write is below a warning; where it may write at all, the server makes a trace and a scope for each request.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
            console.UseUtcTimestamp = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging;
    }
}
