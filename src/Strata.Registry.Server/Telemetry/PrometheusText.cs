using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Strata.Registry.Server;

/// <summary>Writes the text format of Prometheus, version 0.0.4, with OpenTelemetry's rules for names.</summary>
internal sealed class PrometheusText
{
    private readonly StringBuilder _text = new();

    /// <summary>Dots become underscores, the unit is said in full, a counter ends with _total.</summary>
    public static string NameOf(Instrument instrument)
    {
        var name = Plain(instrument.Name);
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        if (!name.EndsWith(unit, StringComparison.Ordinal)) name += unit;
        var type = instrument.GetType();
        var counts = type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Counter<>) || type.GetGenericTypeDefinition() == typeof(ObservableCounter<>));
        return counts && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    public void Begin(string name, string type, string? description)
    {
        if (!string.IsNullOrEmpty(description)) _text.Append("# HELP ").Append(name).Append(' ').Append(description.ReplaceLineEndings(" ")).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    public void Value(string name, LabelSet labels, double value) => Line(name, "", labels, bound: null, value);

    public void Histogram(string name, LabelSet labels, double[] bounds, long[] buckets, long count, double sum)
    {
        var total = 0L;
        for (var i = 0; i < bounds.Length; i++)
        {
            total += buckets[i];
            Line(name, "_bucket", labels, Number(bounds[i]), total);
        }
        Line(name, "_bucket", labels, "+Inf", count);
        Line(name, "_sum", labels, bound: null, sum);
        Line(name, "_count", labels, bound: null, count);
    }

    public override string ToString() => _text.ToString();

    private void Line(string name, string suffix, LabelSet labels, string? bound, double value)
    {
        _text.Append(name).Append(suffix);
        var separator = '{';
        for (var i = 0; i < labels.Count; i++)
        {
            _text.Append(separator).Append(Plain(labels[i].Key)).Append("=\"").Append(Escaped(labels[i].Value)).Append('"');
            separator = ',';
        }
        if (bound is not null)
        {
            _text.Append(separator).Append("le=\"").Append(bound).Append('"');
            separator = ',';
        }
        if (separator == ',') _text.Append('}');
        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Plain(string name) => name.Replace('.', '_').Replace('-', '_');

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escaped(object? value) => (Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
        .Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
