using System.Buffers;
using Strata.Packages.Facts;

namespace Strata.Packages.Catalogers.Debian;

/// <summary>
/// Cuts a dpkg database into stanzas while it streams by; one stanza is held at a time. deb822(5): paragraphs end at empty lines,
/// or lines of blanks only.
/// </summary>
internal sealed class StatusReader(string path, bool statusIsOptional, DebianLimits limits, string type = "deb") : DocumentReader(path)
{
    private readonly ArrayBufferWriter<byte> _stanza = new(4096);
    private readonly List<PackageFact> _packages = [];
    private long _read;
    private int _line = 1;
    private int _stanzaLine = 1;
    private bool _lineHasText;
    private bool _tooLong;
    private bool _stopped;

    public override void Add(ReadOnlySpan<byte> bytes)
    {
        if (_stopped) return;
        var room = limits.DatabaseBytes - _read;
        var over = bytes.Length > room;
        if (over) bytes = bytes[..(int)room];
        _read += bytes.Length;
        while (!bytes.IsEmpty && !_stopped)
        {
            var end = bytes.IndexOf((byte)'\n');
            var piece = end < 0 ? bytes : bytes[..(end + 1)];
            Append(piece);
            if (end >= 0) EndLine();
            bytes = bytes[piece.Length..];
        }

        if (over && !_stopped) Stop($"longer than {limits.DatabaseBytes} bytes; the rest was not read");
    }

    public override PackageDocument Finish()
    {
        if (!_stopped) EndStanza();
        return new PackageDocument { Path = Path, Packages = _packages };
    }

    private void Append(ReadOnlySpan<byte> piece)
    {
        _lineHasText |= piece.ContainsAnyExcept(" \t\r\n"u8);
        if (_tooLong) return;
        if (_stanza.WrittenCount + piece.Length > limits.StanzaBytes)
        {
            _tooLong = true;
            Fault($"the stanza at line {_stanzaLine} is longer than {limits.StanzaBytes} bytes and was left out");
        }
        else
        {
            _stanza.Write(piece);
        }
    }

    private void EndLine()
    {
        _line++;
        if (!_lineHasText) EndStanza();
        _lineHasText = false;
    }

    private void EndStanza()
    {
        if (!_tooLong) Parse(_stanza.WrittenSpan);
        _stanza.ResetWrittenCount();
        _tooLong = false;
        _stanzaLine = _line;
    }

    private void Parse(ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAnyExcept(" \t\r\n"u8)) return;
        var stanza = Stanza.Parse(text);
        if (stanza.BadLines > 0) Fault($"the stanza at line {_stanzaLine} has {stanza.BadLines} lines that are no fields");
        var fact = StanzaPackage.Of(stanza, type, statusIsOptional, limits, out var fault);
        if (fault is not null) Fault($"the stanza at line {_stanzaLine} {fault}");
        if (fact is null) return;
        if (_packages.Count == limits.Packages) Stop($"more than {limits.Packages} packages; the rest was not read");
        else _packages.Add(fact);
    }

    private void Stop(string reason)
    {
        Fault(reason);
        _stopped = true;
    }
}
