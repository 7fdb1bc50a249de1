# shellcheck shell=bash
# Engines do some things in their own ways: each has a file in engines/, named as the column `engine` of plan.tsv names it.
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

for engine_file in "${BASH_SOURCE[0]%/*}"/engines/*.sh; do
  # shellcheck source=/dev/null
  source "$engine_file"
done
unset engine_file

# Calls the function ENGINE_NAME. $1: the engine; $2: the name; then the arguments of the function.
of_engine() {
  declare -F "$1_$2" >/dev/null || fail "this script knows no $2 of the engine $(printf '%q' "$1")"
  "$1_$2" "${@:3}"
}

# The engines whose objects are among rows of objects, with or without their wave.
engines_in() {
  local engine
  for engine in "${!engine_group[@]}"; do
    if [[ $'\t'${1//$'\n'/$'\t'}$'\t' == *$'\t'"${engine_group[$engine]}"$'\t'* ]]; then printf '%s\n' "$engine"; fi
  done
}
