# shellcheck shell=bash
# Helm charts, from a repository or a registry.
# shellcheck disable=SC2034 # other parts read what is set here
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

# A chart as words for helm, in the array `chart`. $1: its name; $2: its version; $3: where it is.
read_chart() {
  if [[ $3 == oci://* ]]; then chart=("$3/$1"); else chart=("$1" --repo="$3"); fi
  chart+=(--version="$2")
}
