# Sourced by the other scripts: finds the checkout, installs what is locked, reads `.env`.
# POSIX sh, because a bare Debian has nothing else. Everything that is said here goes to standard
# error: commands print answers that other programs read.
set -eu

# Without its compiled files each start of Python takes seconds longer.
unset PYTHONDONTWRITEBYTECODE

ROOT=$(cd "$(dirname "$0")/.." && pwd)
UV_VERSION=0.13.9
PYTHON=$ROOT/.venv/bin/python

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
is_root() { [ "$(id -u)" -eq 0 ]; }

# Debian packages; only root can install them, others are told what to ask for.
apt_install() {
    have apt-get || fail "Please install: $*"
    is_root || fail "Please run once as root: apt-get install $*"
    say "Installing $* ..."
    DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" \
        </dev/null >"$ROOT/.apt.log" 2>&1 || { cat "$ROOT/.apt.log" >&2; exit 1; }
    rm -f "$ROOT/.apt.log"
}

is_our_uv() { [ "$("$1" --version 2>/dev/null | cut -d' ' -f2)" = "$UV_VERSION" ]; }

# Sets UV: on the PATH, from an earlier run, or installed beside the checkout's own environment.
find_uv() {
    UV=$(command -v uv || true)
    if [ -n "$UV" ] && is_our_uv "$UV"; then return; fi
    UV=$ROOT/.uv/bin/uv
    if [ -x "$UV" ] && is_our_uv "$UV"; then return; fi
    say "Installing uv $UV_VERSION ..."
    if ! have python3 || ! python3 -m venv --clear "$ROOT/.uv" >/dev/null 2>&1; then
        apt_install python3 python3-venv ca-certificates
        python3 -m venv --clear "$ROOT/.uv" >&2
    fi
    "$ROOT/.uv/bin/python" -m pip install --quiet --disable-pip-version-check \
        "uv==$UV_VERSION" >&2
}

# install PURPOSE [uv options]: brings .venv to what uv.lock says; never changes the lock.
# The purpose is remembered, so that nothing is done when the lock is still the same.
install() {
    purpose=$1
    shift
    stamp=$ROOT/.venv/.installed-$purpose
    if [ -x "$PYTHON" ] && cmp -s "$ROOT/uv.lock" "$stamp"; then return; fi
    find_uv
    say "Installing packages ..."
    # What this machine trusts counts, so that it works behind an office's own proxy too.
    [ ! -f /etc/ssl/certs/ca-certificates.crt ] || export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"
    (cd "$ROOT" && UV_PROJECT_ENVIRONMENT="$ROOT/.venv" "$UV" sync --quiet --frozen "$@" >&2)
    cp "$ROOT/uv.lock" "$stamp"
}

install_run() { install run --inexact --no-dev; }
install_postgres() { install postgres --inexact --no-dev --group postgres; }

# Variables of `.env`; those that are set already win. Lines are data and never run as commands.
read_dotenv() {
    [ -f "$ROOT/.env" ] || return 0
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in *=*) ;; *) continue ;; esac
        name=${line%%=*}
        case $name in '' | [0-9]* | *[!A-Za-z0-9_]*) continue ;; esac
        value=${line#*=}
        value=${value%"$(printf '\r')"}
        case $value in
        \"*\") value=${value#\"} value=${value%\"} ;;
        \'*\') value=${value#\'} value=${value%\'} ;;
        esac
        eval "known=\${$name+yes}"
        # The name is checked above; the value is not evaluated, only exported.
        # shellcheck disable=SC2154
        [ -n "$known" ] || export "$name=$value"
    done <"$ROOT/.env"
}
