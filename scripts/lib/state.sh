# shellcheck shell=bash
# Variables that the parts share. Each part sources this file, so that readers and shellcheck know where they come from.
# shellcheck disable=SC2034

[[ -z ${here:-} ]] || return 0
# With CDPATH set, cd would look elsewhere and print where it went.
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

# plan.tsv, an array per column; `steps` has the positions of the steps that this run executes.
step_wave=() step_cluster=() step_context=() step_uid=() step_action=() step_path=() step_wait=() step_engine=() step_needs=()
step_brings=() step_undo=() step_args=()
steps=()

# The name under which servers remember which fields are ours.
readonly field_manager=mesh-federation

# The name of the federation; the contexts and the expected UIDs by the names of the clusters.
federation=''
declare -A context_of=() uid_of=()

# The UIDs found, for the clusters that are the expected ones.
declare -A observed_uid=()

# The clusters that answer and are the expected ones.
answering=()

# The files in Secret istio-system/cacerts.
readonly cacerts_files=(ca-cert.pem ca-key.pem root-cert.pem cert-chain.pem)

# The record of each cluster: rows of objects.tsv and of plan.tsv without the columns about the cluster; rows
# `group kind namespace name` of objects that did not exist before; the last wave whose gate held, and for which output; the
# clusters of the last apply. A record of an earlier version has only the first of these, and no name.
declare -A recorded_objects=() recorded_commands=() recorded_created=() recorded_progress=() recorded_name=() recorded_members=()

# The whole record of each cluster as it was last read or written; empty if there is none.
declare -A stored_record=()
declare -A is_recorded=()

# Rows for objects that no table lists: all of Istio's CRDs, which an installer creates, and the CA of a cluster.
readonly istio_crds=$'apiextensions.k8s.io\tCustomResourceDefinition\t-\t*.istio.io'
readonly cacerts_secret=$'-\tSecret\tistio-system\tcacerts'

# This word in the column `brings` says that an engine delivers the CA to every cluster.
readonly cacerts_everywhere=all:Secret/istio-system/cacerts

# Kinds whose objects take other objects along when they are deleted. Engines add theirs.
holding_kinds=(Namespace CustomResourceDefinition)

# Facts of each engine, by its name in the column `engine`: how its project spells it, the API group by which a record shows
# its objects, the label on everything that it creates, and the command that removes a cluster from it.
declare -A engine_title=() engine_group=() engine_label=() engine_unjoin=()

# The tools beside kubectl that undoing a command needs. Engines add theirs.
declare -A undo_needs=([istioctl-install]=istioctl [helm-upgrade]=helm)

# Commands of which a cluster keeps one, whatever the version; and commands about another cluster, which their first argument
# names. Engines add theirs.
declare -A is_left_once=([istioctl-install]=true) is_about_another=([remote-secret]=true)

# Names that earlier versions wrote into the records, and today's. Engines add theirs.
declare -A earlier_undo=()

# For destroy.sh: the clusters with a record, last one first; the clusters to remove; and the contexts of clusters that --only
# names and the plan does not.
recorded=() leaving=()
declare -A stranger_context=()

# The state of the run.
problems=()
current_step=''
current_prune=''
differences=0
untried=0
