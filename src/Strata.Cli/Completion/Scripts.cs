namespace Strata.Cli.Completion;

/// <summary>What a shell runs once so that it asks us for completions. The program is asked by the name that was typed: it may lie anywhere.</summary>
internal static class Scripts
{
    public const string Bash = """
        # bash completion of strata. For this shell: source <(strata completion bash)
        # For all: strata completion bash > ~/.local/share/bash-completion/completions/strata
        _strata() {
            local line=${COMP_LINE:0:COMP_POINT} word IFS
            local -a words
            read -ra words <<< "$line"
            case $line in *[[:space:]]) words+=("") ;; esac
            word=${words[${#words[@]}-1]}
            IFS=$'\n'
            COMPREPLY=($("${words[0]/#\~/$HOME}" __complete -- "${words[@]:1}" 2>/dev/null))
            # Names have colons, at which bash breaks words: it wants only what comes behind the last one.
            if [[ $word == *:* && $COMP_WORDBREAKS == *:* ]]; then
                COMPREPLY=("${COMPREPLY[@]#"${word%"${word##*:}"}"}")
            fi
        }
        complete -o default -F _strata strata

        """;

    public const string Zsh = """
        #compdef strata
        # zsh completion of strata. For this shell: source <(strata completion zsh)
        # For all: strata completion zsh > a folder of $fpath/_strata
        _strata() {
            local -a found
            found=("${(@f)$("${(e)words[1]/#\~/$HOME}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
            found=(${found:#})
            if (( ${#found} )); then
                compadd -- "${found[@]}"
            else
                _files
            fi
        }
        if [ "$funcstack[1]" = "_strata" ]; then
            _strata "$@"
        else
            compdef _strata strata
        fi

        """;

    public const string Fish = """
        # fish completion of strata. For this shell: strata completion fish | source
        # For all: strata completion fish > ~/.config/fish/completions/strata.fish
        function __strata_complete
            set -l words (commandline -opc) (commandline -ct)
            $words[1] __complete -- $words[2..-1] 2>/dev/null
        end
        complete -c strata -a '(__strata_complete)'

        """;
}
