#!/bin/sh
# The Debian packages that building PyICU and the engine, a virtual environment and reports as PDF need. Installs what
# is missing when we may (root or sudo without a password); else prints the one line to run and stops.
set -eu
missing=""
need() { missing="$missing $1"; }
command -v g++ >/dev/null 2>&1 || need g++
command -v pkg-config >/dev/null 2>&1 || need pkg-config
python=${PYTHON:-python3}
tag=$("$python" -c 'import sys; print("cp%d%d" % sys.version_info[:2])' 2>/dev/null || true)
ls dist/pyicu-*-"$tag"-*.whl >/dev/null 2>&1 || pkg-config --exists icu-i18n icu-uc 2>/dev/null || need libicu-dev
"$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || need python3-venv
"$python" -c 'import os, sys, sysconfig
sys.exit(not os.path.exists(os.path.join(sysconfig.get_paths()["include"], "Python.h")))' >/dev/null 2>&1 || need python3-dev
if command -v ldconfig >/dev/null 2>&1; then
    for library in libpango-1.0 libpangoft2-1.0 libharfbuzz-subset; do
        ldconfig -p | grep -q "$library\.so\.0" || need "$(echo "$library" | sed 's/subset/subset0/; s/1\.0$/1.0-0/')"
    done
fi
[ -z "$missing" ] && exit 0
command -v apt-get >/dev/null 2>&1 || {
    echo "missing:$missing (Debian's names); install them and run make again" >&2
    exit 1
}
if [ "$(id -u)" -eq 0 ]; then as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo"
else
    echo "run this once, then make again: sudo apt-get install -y --no-install-recommends$missing" >&2
    exit 1
fi
echo "installing$missing" >&2
$as_root apt-get update -q >/dev/null
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q --no-install-recommends $missing >/dev/null
