using Strata.Web;

return args switch
{
    ["hub", .. var rest] => await HubRole.RunAsync(rest).ConfigureAwait(false),
    _ => Complaint.Usage("name a role", HubRole.Usage),
};
