using Strata.Web;

return args switch
{
    ["dashboard", .. var rest] => await DashboardRole.RunAsync(rest).ConfigureAwait(false),
    ["hub", .. var rest] => await HubRole.RunAsync(rest).ConfigureAwait(false),
    _ => Complaint.Usage("name a role: dashboard or hub", "strata-web dashboard|hub [OPTIONS]"),
};
