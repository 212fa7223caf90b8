using Strata.Build.Dockerfiles;
using Strata.Build.Graph;
using Strata.Oci;

namespace Strata.Build.Checks;

/// <summary>Holds a Dockerfile against the rules that its text decides; nothing is built, and no base is looked at.</summary>
internal sealed partial class Checker(ParsedDockerfile dockerfile, WordExpander expander, IReadOnlyDictionary<string, string> given, IgnoreMatcher ignore)
{
    private static readonly string[] Reserved = ["context", StagePlan.Scratch];
    private readonly CheckOptions _options = CheckOptions.Parse(dockerfile.Written.Directives.Check);
    private readonly List<BuildWarning> _warnings = [];

    public bool IsError => _options.IsError && _warnings.Count > 0;

    /// <summary>What there is to say, in the order of the lines.</summary>
    public IReadOnlyList<BuildWarning> Check()
    {
        foreach (var line in dockerfile.Written.EmptyContinuations) Add(CheckRule.NoEmptyContinuation, line, "Empty continuation line");
        Casing();
        Names();
        var globals = GlobalArguments.Of(dockerfile, expander, Platform.Host, "default", given);
        Bases(globals);
        foreach (var argument in dockerfile.GlobalArguments) Described(argument.Line, argument.Arguments.Select(a => a.Key));
        var states = new Dictionary<string, StageView>(StringComparer.OrdinalIgnoreCase);
        foreach (var stage in dockerfile.Stages) states[stage.Name.Length > 0 ? stage.Name : stage.Line.StartLine.ToString(System.Globalization.CultureInfo.InvariantCulture)] = Instructions(stage, states, globals);
        return [.. _warnings.OrderBy(w => w.Line)];
    }

    private void Add(CheckRule rule, int line, string detail)
    {
        if (_options.Wants(rule)) _warnings.Add(new BuildWarning(rule.ToString(), rule.Description(), detail, dockerfile.Source.Name, line));
    }

    private void Add(CheckRule rule, InstructionLine line, string detail) => Add(rule, line.StartLine, detail);

    private void Casing()
    {
        var lines = dockerfile.Stages.SelectMany(s => (InstructionLine[])[s.Line, .. s.Instructions.Select(i => i.Line)]).ToArray();
        var lower = lines.Count(l => l.Keyword == l.Keyword.ToLowerInvariant());
        var upper = lines.Count(l => l.Keyword == l.Keyword.ToUpperInvariant());
        var isLower = lower > upper;
        foreach (var line in lines)
        {
            if (line.Keyword == (isLower ? line.Keyword.ToLowerInvariant() : line.Keyword.ToUpperInvariant())) continue;
            Add(CheckRule.ConsistentInstructionCasing, line, $"Command '{line.Keyword}' should match the case of the command majority ({(isLower ? "lowercase" : "uppercase")})");
        }
    }

    private void Names()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var stage in dockerfile.Stages)
        {
            Described(stage.Line, [stage.Name]);
            if (stage.Line.Arguments is not [_, var keyword, var written]) continue;
            if (written != stage.Name) Add(CheckRule.StageNameCasing, stage.Line, $"Stage name '{written}' should be lowercase");
            var (isFromLower, isAsLower) = (stage.Line.Keyword == stage.Line.Keyword.ToLowerInvariant(), keyword == keyword.ToLowerInvariant());
            if (isFromLower != isAsLower || (keyword != keyword.ToLowerInvariant() && keyword != keyword.ToUpperInvariant()))
                Add(CheckRule.FromAsCasing, stage.Line, $"'{keyword}' and '{stage.Line.Keyword}' keywords' casing do not match");
            if (Reserved.Contains(stage.Name, StringComparer.Ordinal)) Add(CheckRule.ReservedStageName, stage.Line, $"Stage name should not use the same name as reserved stage \"{stage.Name}\"");
            if (!seen.Add(stage.Name)) Add(CheckRule.DuplicateStageName, stage.Line, $"Duplicate stage name \"{stage.Name}\", stage names should be unique");
        }
    }

    /// <summary>A comment above a stage or an argument describes it, and begins with its name.</summary>
    private void Described(InstructionLine line, IEnumerable<string> names)
    {
        var known = names.Where(n => n.Length > 0).ToArray();
        if (known.Length == 0 || line.Comments.Count == 0 || line.Comments.Any(c => known.Any(k => c.StartsWith(k + " ", StringComparison.Ordinal)))) return;
        Add(CheckRule.InvalidDefinitionDescription, line, $"Comment for {(line.Name == "FROM" ? "build stage" : "build argument")} should follow the format: `# {known[0]} <description>`");
    }

    private void Bases(Dictionary<string, string> globals)
    {
        var known = dockerfile.GlobalArguments.SelectMany(a => a.Arguments).Select(a => a.Key).Concat(globals.Keys).ToHashSet(StringComparer.Ordinal);
        var defaults = GlobalArguments.Of(dockerfile, expander, Platform.Host, "default", new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var stage in dockerfile.Stages)
        {
            if (TryExpand(stage.BaseName, globals) is { } name) Undefined(CheckRule.UndefinedArgInFrom, stage.Line, name, known, "FROM argument");
            if (TryExpand(stage.BaseName, defaults) is { } plain && !dockerfile.Stages.Any(s => s.Name.Equals(plain.Text, StringComparison.OrdinalIgnoreCase)) && !Reference.TryParse(plain.Text, out _))
                Add(CheckRule.InvalidDefaultArgInFrom, stage.Line, $"Default value for ARG {stage.BaseName} results in empty or invalid base image name");
            if (stage.Platform.Length == 0 || TryExpand(stage.Platform, globals) is not { } platform) continue;
            Undefined(CheckRule.UndefinedArgInFrom, stage.Line, platform, known, "FROM argument");
            if (platform.Found.Count == 1 && platform.Missing.Count == 0 && platform.Found.Contains("TARGETPLATFORM") && platform.Text == globals["TARGETPLATFORM"])
                Add(CheckRule.RedundantTargetPlatform, stage.Line, $"Setting platform to predefined {stage.Platform} in FROM is redundant as this is the default behavior");
            if (platform.Found.Count + platform.Missing.Count == 0) Constant(stage, platform.Text);
        }
    }

    private void Constant(Stage stage, string text)
    {
        try
        {
            var platform = PlatformText.Parse(text);
            if (stage.Name.Contains(platform.Os, StringComparison.Ordinal) || stage.Name.Contains(platform.Architecture, StringComparison.Ordinal)) return;
        }
        catch (FormatException)
        {
            return; // the build says it
        }
        Add(CheckRule.FromPlatformFlagConstDisallowed, stage.Line, $"FROM --platform flag should not use constant value \"{text}\"");
    }

    private Expansion? TryExpand(string word, IReadOnlyDictionary<string, string> variables)
    {
        try
        {
            return expander.Expand(word, variables);
        }
        catch (ExpansionException)
        {
            return null; // the build says it
        }
    }

    private void Undefined(CheckRule rule, InstructionLine line, Expansion expansion, IEnumerable<string> known, string what)
    {
        foreach (var name in expansion.Missing.Except(known, StringComparer.Ordinal))
        {
            var near = Suggestion.Nearest(name, known);
            Add(rule, line, rule == CheckRule.UndefinedArgInFrom
                ? $"{what} '{name}' is not declared{(near is null ? "" : $" (did you mean {near}?)")}"
                : $"Usage of undefined variable '${name}'{(near is null ? "" : $" (did you mean ${near}?)")}");
        }
    }
}
