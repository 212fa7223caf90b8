using Strata.Registry.Server;

namespace Strata.Web;

/// <summary>How a role says that it cannot start: what is wrong, then what to do about it; two lines on standard error.</summary>
internal static class Complaint
{
    public const int Failed = 1;
    public const int WrongUsage = 2;

    public static int Usage(string cause, string usage)
    {
        Console.Error.WriteLine($"strata-web: {cause}.");
        Console.Error.WriteLine($"usage: {usage}");
        return WrongUsage;
    }

    public static int Settings(SettingsException e)
    {
        Console.Error.WriteLine($"strata-web: {e.Message}.");
        foreach (var fault in e.Faults) Console.Error.WriteLine($"  {fault}");
        return WrongUsage;
    }

    public static int Failure(string cause, string remedy)
    {
        Console.Error.WriteLine($"strata-web: {cause}.");
        Console.Error.WriteLine(remedy);
        return Failed;
    }
}
