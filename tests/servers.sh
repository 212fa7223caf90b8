# A part of product.sh: the servers among the samples do their work, and leave nothing.
machine() { ls /sys/class/net; grep -c . /proc/self/mountinfo; ls /run/strata 2>/dev/null | grep -v lock; iptables-save | grep -cE '^-A|NETAVARK'; }
before=$(machine)
client() { "$strata" run --rm --network servers -e PGPASSWORD=secret "$hub/library/postgres:15" psql -h db -U postgres -tAc "$1"; }
address_of() { "$strata" port "$1" "$2"; }
ask() { # ADDRESS LINE PATTERN: one line to a server, until its answer matches
  local answer
  answer=$(timeout 5 bash -c 'exec 3<>"/dev/tcp/${0%:*}/${0##*:}" && printf "%s\r\n" "$1" >&3 && head -n 1 <&3' "$1" "$2") && grep -q "$3" <<<"$answer"
}

check "network create" "$strata" network create servers
check "postgres refuses to start without a password" bash -c '"$0" run --rm --network none "$1" 2>&1 | grep -q "there is no password for its superuser"' "$strata" "$hub/library/postgres:15"
check "postgres starts with a volume and a published port" "$strata" run -d --name db --network servers -p 127.0.0.1::5432 -e POSTGRES_PASSWORD=secret -v pgdata:/var/lib/postgresql/data "$hub/library/postgres:15"
check "a client writes" wait_for 60 client "create table t(x int); insert into t values (42)"
check "the server is not root" bash -c '[ "$(ps -o user:20= -p "$(cat "$0"/containers/*/pid | head -n 1)")" != root ]' "$STRATA_ROOT"
check "kill -9" "$strata" kill -s KILL db
check "start again" "$strata" start db
check "the data is there" wait_for 60 bash -c '[ "$("$0" run --rm --network servers -e PGPASSWORD=secret "$1" psql -h db -U postgres -tAc "select x from t")" = 42 ]' "$strata" "$hub/library/postgres:15"
check "a wrong password is refused" bash -c '! "$0" run --rm --network servers -e PGPASSWORD=wrong "$1" psql -h db -U postgres -c "select 1"' "$strata" "$hub/library/postgres:15"
check "redis starts" "$strata" run -d --name cache -p 127.0.0.1::6379 "$hub/library/redis:7" redis-server --appendonly yes
check "redis answers over its published port" wait_for 30 ask "$(address_of cache 6379)" PING '^+PONG'
check "memcached starts" "$strata" run -d --name mem -p 127.0.0.1::11211 "$hub/library/memcached:1.6" -m 32
check "memcached answers over its published port" wait_for 30 ask "$(address_of mem 11211)" version '^VERSION 1.6'
check "the welcome page starts" "$strata" run -d --name page -P "$hub/strata/welcome"
check "and loads over its published port" curl -fsS --retry 20 --retry-connrefused --retry-delay 1 -o /dev/null "http://127.0.0.1:$(address_of page 8080 | sed 's/.*://')/"
check "and in a browser" bash -c 'chromium --headless --no-sandbox --disable-gpu --user-data-dir="$1/chromium" --dump-dom "http://127.0.0.1:$0/" | grep -qi "strata"' "$(address_of page 8080 | sed 's/.*://')" "$work"
check "stop" "$strata" stop -t 3 db cache mem page
check "rm" "$strata" rm -v db cache mem page
check "volume rm" "$strata" volume rm pgdata
check "network rm" "$strata" network rm servers
check "mounts, namespaces, bridges and firewall rules are as before" same "$before" "$(machine)"
