#!/bin/sh
# Set up .venv: `setup.sh site` with what a build needs, `setup.sh test` with what the tests need as well.
#
# Each part leaves a stamp that holds what it was made from, so that a second run finds nothing to do.
# What a part prints goes to .cache/setup.log, and to the terminal only when the part fails.
set -eu
cd "$(dirname "$0")/.."
rm -f .cache/setup.log

say() {
    echo "setup: $*" >&2
}

refuse() {
    say "error: $*"
    exit 2
}

quietly() {
    mkdir -p .cache
    "$@" >>.cache/setup.log 2>&1 || {
        tail -n 20 .cache/setup.log >&2
        refuse "this failed: $* (all of it is in .cache/setup.log)"
    }
}

# What depends on the machine is a failure in CI, where nobody reads along, and a remark elsewhere.
miss() {
    [ "${CI:-}" != true ] || refuse "$*"
    say "$*"
}

# Install a package of Debian's where that is allowed without asking; otherwise fail.
apt_install() {
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" -eq 0 ]; then
        root="env"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        root="sudo -n env"
    else
        return 1
    fi
    say "installing Debian's $1"
    mkdir -p .cache
    {
        $root DEBIAN_FRONTEND=noninteractive apt-get -q update &&
            $root DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends "$1"
    } >>.cache/setup.log 2>&1
}

# The folder counts: the programs in .venv/bin and the link to src/ name it.
fingerprint() {
    echo "$PWD"
    cat "$@" | cksum
}

is_stamped() {
    [ -x .venv/bin/python ] && [ "$(cat ".venv/$1.stamp" 2>/dev/null)" = "$2" ]
}

make_venv() {
    python=${PYTHON:-python3}
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
        refuse "\`$python\` is not Python 3.11 or newer; name one with PYTHON=/path/to/python3"
    "$python" -c 'import ensurepip, venv' 2>/dev/null || apt_install python3-venv ||
        refuse "\`$python -m venv\` does not work here; install Debian's package python3-venv"
    say "making .venv with $("$python" --version)"
    rm -rf .venv
    quietly "$python" -m venv .venv
    echo "$PWD" >.venv/folder
}

pip() {
    quietly .venv/bin/python -m pip --disable-pip-version-check "$@"
}

# An installed package comes compiled; a checkout is compiled here, whatever the environment says of writing.
compile_sources() {
    .venv/bin/python -m compileall -q src
}

set_up_site() {
    key=$(fingerprint requirements.lock pyproject.toml)
    is_stamped site "$key" && compile_sources && return
    .venv/bin/python -c '' 2>/dev/null && [ "$(cat .venv/folder 2>/dev/null)" = "$PWD" ] || make_venv
    say "installing what requirements.lock names"
    pip install --require-hashes --requirement requirements.lock
    pip install --no-deps --no-build-isolation --editable .
    compile_sources
    echo "$key" >.venv/site.stamp
}

set_up_tools() {
    key=$(fingerprint requirements-test.lock requirements.lock pyproject.toml)
    is_stamped test "$key" && return
    say "installing what requirements-test.lock names"
    pip install --require-hashes --requirement requirements-test.lock
    echo "$key" >.venv/test.stamp
}

# The examples of the CommonMark specification travel in the source distribution of a Markdown parser.
fetch_commonmark() {
    into=.cache/commonmark
    [ ! -s $into/commonmark.json ] || return 0
    say "fetching the examples of the CommonMark specification"
    mkdir -p $into
    .venv/bin/python -m pip --disable-pip-version-check download --no-deps --no-binary mistletoe \
        --require-hashes --requirement tools/commonmark.lock --dest $into >>.cache/setup.log 2>&1 &&
        tar -xzOf $into/mistletoe-*.tar.gz --wildcards '*/test/specification/commonmark.json' >$into/part &&
        mv $into/part $into/commonmark.json ||
        miss "the examples of the CommonMark specification cannot be fetched (see .cache/setup.log)"
}

find_chromium() {
    [ -z "${CHROMIUM:-}" ] || [ -x "$CHROMIUM" ] || refuse "CHROMIUM=$CHROMIUM is not a program"
    [ ! -x "${CHROMIUM:-/usr/bin/chromium}" ] || return 0
    apt_install chromium ||
        miss "no Chromium for the browser tests; install Debian's package chromium, or name one with CHROMIUM=/path"
}

case ${1:-} in
site)
    set_up_site
    ;;
test)
    set_up_site
    set_up_tools
    fetch_commonmark
    find_chromium
    ;;
*)
    refuse "usage: tools/setup.sh site|test"
    ;;
esac
