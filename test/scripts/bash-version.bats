#!/usr/bin/env bats
# The scripts refuse an old bash. docs/testing.md says which real ones were tested.

# shellcheck source=support/recorders.bash disable=SC2154 # bats finds it: the output's `directory` is from there
load support/recorders
setup() { set_up_recorders; }

# Runs lib/bash-version.sh as if bash had this version. BASH_VERSINFO itself is read-only.
judge() {
  run bash -c "version=($1); $(sed 's/BASH_VERSINFO/version/g' "$directory/lib/bash-version.sh"); echo goes on"
}

@test 'a bash before 4.4 names the version that is needed, and stops' {
  for version in '3 2 57' '4 0 44' '4 3 48'; do
    judge "$version"
    [ "$status" -eq 2 ]
    [[ "${lines[0]}" == 'error: bash 4.4 or newer is needed, this is '* ]]
    [[ "${lines[1]}" == '  fix: install a newer bash'* ]]
    [ "${#lines[@]}" -eq 2 ]
  done
}

@test 'bash 4.4 and newer run the scripts' {
  for version in '4 4 0' '5 0 17' '5 3 9' '10 0 1'; do
    judge "$version"
    [ "$output" = 'goes on' ]
  done
}

@test 'every script checks the version before any line that an old bash does not understand' {
  for script in "$directory"/*.sh; do
    [ "$(grep -vE '^(#|$)' "$script" | sed -n '1s/=.*//p;2p')" = $'parts\nsource "$parts/bash-version.sh"' ]
  done
}

@test 'the scripts use nothing that is newer than bash 4.4' {
  newer='wait -[a-z]*p|\$\{[A-Za-z_]+(\[[^]]*\])?@[UuLKk]\}|EPOCH(SECONDS|REALTIME)|SRANDOM|BASH_ARGV0|shopt -s (localvar_|assoc_expand|patsub|varredir|noexpand)|\$\{ |\$\{\|'
  refute grep -nE "$newer" "$directory"/*.sh "$directory"/lib/*.sh "$directory"/lib/*/*.sh "$directory"/lib/*/*/*.sh
}
