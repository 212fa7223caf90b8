#!/bin/sh
# Makes rootfs.tar: a minimal Debian 12 from this machine's own mirrors.
set -eu
cd "$(dirname "$0")"
command -v mmdebstrap >/dev/null || { echo "mmdebstrap is not installed: apt-get install mmdebstrap" >&2; exit 1; }
# Merged from the start: else apt brings a package that merges afterwards, and all of perl with it.
set -- --variant=minbase --quiet --include=usr-is-merged --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr
# No trace of this machine; no service of a package starts while an image is built; apt keeps nothing that it can fetch again.
set -- "$@" --customize-hook='rm -f "$1/etc/resolv.conf" "$1/etc/hostname"' \
  --customize-hook='printf "#!/bin/sh\nexit 101\n" >"$1/usr/sbin/policy-rc.d" && chmod 755 "$1/usr/sbin/policy-rc.d"' \
  --customize-hook='printf "%s\n" "DPkg::Post-Invoke { \"rm -f /var/cache/apt/archives/*.deb /var/cache/apt/*.bin || true\"; };" "Dir::Cache::pkgcache \"\";" "Dir::Cache::srcpkgcache \"\";" >"$1/etc/apt/apt.conf.d/docker-clean"'
set -- "$@" bookworm rootfs.tar
# It mounts /proc and /sys of this machine below a folder. In a mount namespace of its own they are gone when it is killed, before anybody removes
# the folder.
if [ "$(id -u)" = 0 ]; then exec unshare --mount --propagation private mmdebstrap "$@"; else exec mmdebstrap "$@"; fi
