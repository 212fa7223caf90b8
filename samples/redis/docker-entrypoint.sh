#!/bin/sh
# Runs redis-server as the user redis, and lets in who reaches the container: what is published decides who that is.
set -eu
case ${1:-} in -* | *.conf) set -- redis-server "$@" ;; esac
if [ "${1:-}" != redis-server ]; then exec "$@"; fi
if [ "$(id -u)" = 0 ]; then
  find . \! -user redis -exec chown redis:redis {} +
  exec setpriv --reuid=redis --regid=redis --init-groups "$0" "$@"
fi
case " $* " in *protected-mode*) ;; *) set -- "$@" --protected-mode no ;; esac
exec "$@"
