# shellcheck shell=bash
# What the parts share. Each of them names this file, so that a reader, and shellcheck, knows where a variable is from.
# shellcheck disable=SC2034

[[ -z ${here:-} ]] || return 0
# With CDPATH set, cd would look elsewhere and say where it went.
here=$(CDPATH='' cd -- "${BASH_SOURCE[0]%/*}/.." && pwd)
readonly here

# The script that was called, as messages name it.
readonly script=./${BASH_SOURCE[-1]##*/}

# The command line.
mode=apply
from=''
only=()
cacerts=''
asks=true
prunes=false
force=()
timeout=300
declare -A given_context=()
repeated_options=()

# plan.tsv, a column each; `steps` are the positions of those that this run takes.
step_wave=() step_cluster=() step_context=() step_uid=() step_action=() step_path=() step_wait=() step_args=()
steps=()

# The name under which servers remember which fields are ours.
readonly field_manager=mesh-federation

# The name of the federation, and the clusters by theirs.
federation=''
declare -A context_of=() uid_of=()

# Those that answer and are the clusters that they should be.
answering=()

# What Secret istio-system/cacerts is made of.
readonly cacerts_files=(ca-cert.pem ca-key.pem root-cert.pem cert-chain.pem)

# How the run goes.
problems=()
current_step=''
current_prune=''
differences=0
untried=0
