#!/usr/bin/env bash
# Interrupts apply.sh and runs it again: as it says itself, or as it was where it had no time to say so. $1: the
# interruption; $2: the number of the call in which it comes; then what is told to apply.sh, with its path. What was said
# goes to $BATS_TEST_TMPDIR/CALL.
set -euo pipefail

own=$BATS_TEST_TMPDIR/$2
mkdir "$own"
cp -R "$BATS_TEST_TMPDIR/former" "$own/servers"
export RECORD=$own/record SERVERS=$own/servers
: >"$RECORD"
status=0
# A process group of its own, which a signal is sent to; a test in the background would have it ignore Ctrl-C.
INTERRUPTION=$1 AT=$2 env --default-signal=INT setsid --wait "${@:3}" >"$own/said" 2>&1 </dev/null || status=$?
echo "$status" >"$own/status"

again=("${@:3}")
if [[ $1 == KILL ]]; then
  # Nothing is kept on this machine, so what a second run does depends on the servers alone: of runs that left the same
  # in them, one is enough.
  rm -f "$SERVERS"/.*.*.*
  state=$(cd "$SERVERS" && cksum ./* | cksum)
  mkdir "$BATS_TEST_TMPDIR/state ${state%% *}" 2>/dev/null || exit 0
else
  again+=(--from "$(sed -n 's/^  go on with: .* --from //p' "$own/said")")
fi
"${again[@]}" >"$own/said again" 2>&1 </dev/null || { echo "call $2: run again, it ends with $?"; cat "$own/said again"; exit 1; }
diff -r "$BATS_TEST_TMPDIR/wanted" "$SERVERS" || { echo "call $2: the servers have something else"; exit 1; }
