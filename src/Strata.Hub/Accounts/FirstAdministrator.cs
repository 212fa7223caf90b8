namespace Strata.Hub;

/// <summary>The account that makes all others. Its first password is in a file that only the owner of the data folder can read, until it gets another.</summary>
internal sealed class FirstAdministrator(AccountBook book, string folder)
{
    public const string Name = "admin";
    public const string FileName = "admin-password";

    public string File => Path.Combine(folder, FileName);

    /// <summary>True when its first password is still in the file.</summary>
    public bool HasFirstPassword => System.IO.File.Exists(File);

    /// <summary>Makes it where there is no account yet. The file comes first: a start that is killed in between goes on with the same password.</summary>
    /// <exception cref="InvalidDataException">The file is there and holds no password.</exception>
    public void Ensure()
    {
        if (book.State.Accounts.IsEmpty) book.AddUser(Name, SecretFile.LoadOrCreate(File), isAdministrator: true);
    }

    /// <summary>To be called when an account's password was changed, or it was removed: what is in the file is then good for nothing.</summary>
    public void Changed(string account)
    {
        if (account == Name) System.IO.File.Delete(File);
    }
}
