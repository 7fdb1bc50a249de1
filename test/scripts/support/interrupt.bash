#!/usr/bin/env bash
# Interrupts apply.sh and runs it again: with the command that it printed, or with the same one if it had no time to print
# any. $1: the interruption; $2: the number of the call at which it comes; then the path of apply.sh and its arguments.
# The messages go to $BATS_TEST_TMPDIR/CALL.
set -euo pipefail

own=$BATS_TEST_TMPDIR/$2
mkdir "$own"
cp -R "$BATS_TEST_TMPDIR/former" "$own/servers"
export RECORD=$own/record SERVERS=$own/servers
: >"$RECORD"
status=0
# The signal goes to a process group of its own. By default a process in the background ignores Ctrl-C.
INTERRUPTION=$1 AT=$2 env --default-signal=INT setsid --wait "${@:3}" >"$own/said" 2>&1 </dev/null || status=$?
echo "$status" >"$own/status"

again=("${@:3}")
if [[ $1 == KILL ]]; then
  # apply.sh keeps nothing on this machine, so a second run depends on the servers alone: for runs that left the servers in
  # the same state, one second run is enough.
  rm -f "$SERVERS"/.*.*.*
  state=$(cd "$SERVERS" && cksum ./* | cksum)
  mkdir "$BATS_TEST_TMPDIR/state ${state%% *}" 2>/dev/null || exit 0
else
  again+=(--from "$(sed -n 's/^  go on with: .* --from //p' "$own/said")")
fi
"${again[@]}" >"$own/said again" 2>&1 </dev/null || { echo "call $2: run again, it ends with $?"; cat "$own/said again"; exit 1; }
diff -r "$BATS_TEST_TMPDIR/wanted" "$SERVERS" || { echo "call $2: the servers have something else"; exit 1; }
