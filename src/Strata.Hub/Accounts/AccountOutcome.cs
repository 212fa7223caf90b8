namespace Strata.Hub;

/// <summary>What came of a change to the accounts.</summary>
internal enum AccountOutcome
{
    Done,

    /// <summary>The name breaks <see cref="AccountName.Rule"/>, or is reserved.</summary>
    NameInvalid,

    /// <summary>A user or an organisation has the name.</summary>
    NameTaken,

    /// <summary>There is no such user, token, organisation or member.</summary>
    Unknown,

    /// <summary>See <see cref="AccountBook.PasswordRule"/>.</summary>
    PasswordInvalid,

    /// <summary>A hub without an administrator could never get one again.</summary>
    LastAdministrator,
}
