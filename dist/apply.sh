#!/usr/bin/env bash
# Applies the output beside it, in the order of plan.tsv. See --help. It judges nothing: gates.tsv has each question to
# a cluster, and the answer that lets it go on. Texts of servers are compared, and never obeyed.
# shellcheck disable=SC2016,SC2329 # the dollars are those of awk; steps call functions by the names of their actions

# An old bash, too, can read and run this.
if [ -z "${BASH_VERSINFO:-}" ] || [ "${BASH_VERSINFO[0]}" -lt 4 ] ||
  { [ "${BASH_VERSINFO[0]}" -eq 4 ] && [ "${BASH_VERSINFO[1]}" -lt 4 ]; }; then
  echo "error: bash 4.4 or newer is needed (macOS: brew install bash), this is ${BASH_VERSION:-another shell}" >&2
  exit 2
fi
set -efuo pipefail && shopt -s inherit_errexit extglob
unset "${!HELM_KUBE@}" # With HELM_KUBEAPISERVER, helm would change another cluster than that of its context.
export LC_ALL=C # A character is a byte: patterns mean the same everywhere, and `say` sees each byte.

usage() {
  cat <<'TEXT'
usage: ./apply.sh [options]

Applies this directory to its clusters, step by step in the order of plan.tsv, and waits as gates.tsv says. You can stop
it at any time and run it again: a step changes nothing if everything is already as it should be.

  --dry-run                  let the servers validate what is applied, and change nothing
  --from WAVE                start with this wave, such as 40-remote; the waves before it must be done
  --only CLUSTER             take the steps of this cluster only; may be repeated
  --context CLUSTER=CONTEXT  the kubeconfig context to use for this cluster; may be repeated
  --expect CLUSTER=UID       the UID of this cluster, that is, of its namespace kube-system; may be repeated
  --timeout SECONDS          how long to wait for an answer, instead of the times in gates.tsv
  --yes                      do not ask; the lock, --expect, or the record of an earlier apply must name each cluster
  --help                     show this text

It needs kubectl, and istioctl or helm if plan.tsv has steps for them. In each cluster it leaves a record of the output,
ConfigMap kube-system/mesh-federation-NAME-..., and while it runs it holds Lease kube-system/mesh-federation.
Exit status: 0 done, 1 failed, 2 wrong use, 4 an answer did not come in time, 5 somebody else applies, 130, 143 stopped.
TEXT
}

# The only way to a terminal. A server's text may hold control characters of one byte or two, and letters that nobody
# sees: only printable ASCII is shown.
say() {
  local line
  while IFS= read -r line; do printf '%s\n' "${line//[^[:print:]]/?}"; done <<<"$1" >&2
}

# $1: what is wrong; $2: what to do about it; $3: the exit status, 1 by default.
fail() {
  say "error: $1"${2:+$'\n'"  fix: $2"}
  exit "${3:-1}"
}

# Runs a program, and shows the beginning. Changes a cluster. Asks a server. All of it within bounds of time and size.
show() { "$@" 2>&1 | "${bound[@]}" awk 'NR < 2000 { print "  " substr($0, 1, 300) }' | tr -c '\n\40-\176' '?' >&2; }
change() { "${bound[@]}" kubectl --context="${context_of[$1]}" --request-timeout=60s "${@:2}"; }
server_side() { show change "$1" apply --server-side --field-manager=mesh-federation "${@:2}"; }
ask() { "${brief[@]}" "$@" </dev/null | head -c 65536 | tr '\0' '?'; }
question() { ask kubectl --context="${context_of[$1]}" --request-timeout=30s "${@:2}"; }

read_options() {
  while (($# > 0)); do
    case $1=${2:-} in
      --help=*) usage && exit 0 ;;
      --dry-run=*) mode=dry-run ;;
      --yes=*) asks=false ;;
      --from=[0-9]*) from=$2 && shift ;;
      --only=[a-z0-9]*) only+=("$2") && shift ;;
      --context=[a-z0-9]*=?*) given[${2%%=*}]=${2#*=} && shift ;;
      --expect=[a-z0-9]*=?*) expected[${2%%=*}]=${2#*=} && shift ;;
      --timeout=@([1-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9])) timeout=$2 && shift ;;
      *) fail "cannot use $1 ${2:-}" './apply.sh --help' 2 ;;
    esac
    shift
  done
}

readonly lease=(--namespace=kube-system lease.coordination.k8s.io/mesh-federation)
# The actions that are this script's own, and not the command's.
readonly own='^(apply|istioctl-install|helm-upgrade|remote-secret|remote-secret-gone)$'
# The files must be those of the synth, whose checksums are read once. $1: a pattern for their names.
check_files() {
  (cd -- "$here" && grep -E "^[0-9a-f]{64}  $1" <<<"$checksums" | "${sum[@]}" --check --status) 2>/dev/null ||
    fail "a file in $here has changed since the synth" 'synthesize again, review the change, and start anew'
}

# Reads the rows of a table. No cell may look like a flag or lead out of the directory. $2: the columns with any text.
read_rows() {
  local text
  text=$(awk -F '\t' -v free="$2" 'NR == 1 { next } { for (i = 1; i <= NF; i++) {
      ok = index(free, " " i " ") ? $i !~ /[[:cntrl:]]/ : $i ~ /^(-|[A-Za-z0-9][A-Za-z0-9\[\]_.:\/@=*,+%~-]*)$/
      if (!ok || $i ~ /(^|\/)\.\.(\/|$)/) exit 1 } print }' "$here/$1.tsv") ||
    fail "$here/$1.tsv has a row that no synth writes" 'synthesize again' 2
  mapfile -t "$1" <<<"$text"
}

read_tables() {
  local number cluster context uid action args when at name names=' '
  if ! command -v sha256sum >/dev/null; then sum=(shasum -a 256); fi
  checksums=$(cat -- "$here/checksums" 2>/dev/null) || fail "there is no $here/checksums" 'synthesize first' 2
  check_files ''
  read_rows plan ' 3 10 '
  read_rows gates ' 9 11 13 '
  for number in "${!plan[@]}"; do
    IFS=$'\t' read -r wave cluster context uid action _ _ _ _ _ _ args <<<"${plan[number]}"
    [[ $cluster =~ ^[a-z0-9-]+$ && ($action =~ $own || $action =~ ^(none|install-engine|join|federated-cacerts)$) ]] ||
      fail "this script does not know the step $action of $cluster" 'synthesize again' 2
    context_of[$cluster]=${given[$cluster]:-$context} uid_of[$cluster]=$uid federation=${federation:-${args%%$'\t'*}}
    names+="$wave $cluster "
    if [[ $action == none || $wave < $from ]]; then continue; fi
    if ((${#only[@]} > 0)) && [[ " ${only[*]} " != *" $cluster "* ]]; then continue; fi
    steps+=("$number") last_of["$wave $cluster $action"]=$number
    if [[ " ${changed[*]} " != *" $cluster "* ]]; then changed+=("$cluster"); fi
  done
  for number in "${!gates[@]}"; do
    IFS=$'\t' read -r wave cluster action when at _ <<<"${gates[number]}"
    [[ $names == *" $at "* ]] || fail 'gates.tsv and plan.tsv differ' 'synthesize again' 2
    rows_of["$wave $cluster $action $when"]+=" $number"
  done
  for name in "$from" "${only[@]}" "${!given[@]}" "${!expected[@]}"; do
    [[ -z $name || $names == *" $name "* ]] || fail "plan.tsv has no $name" 'name a wave or a cluster of plan.tsv' 2
  done
  ((${#steps[@]} > 0)) || fail 'plan.tsv has no such step' 'name an earlier wave, or another cluster' 2
}

# An istioctl of another version would install another Istio.
check_programs() {
  local number action needs args tool
  # Ctrl-C must reach a program that changes something, and a question that hangs must end with its helpers.
  if timeout --foreground --kill-after=1 5 true 2>/dev/null; then
    brief=(timeout --kill-after=5 40) bound=(timeout --foreground --kill-after=30 "$((${timeout:-300} + 300))")
  fi
  for number in "${steps[@]}"; do
    IFS=$'\t' read -r _ _ _ _ action _ _ _ needs _ _ args <<<"${plan[number]}"
    args=${args%%$'\t'*}
    if [[ ! $action =~ $own ]]; then needs=-; fi
    for tool in kubectl ${needs//[,-]/ }; do
      command -v "$tool" >/dev/null || fail "$tool is not on the PATH" 'install it and put it on the PATH'
    done
    [[ $action != istioctl-install || $(ask istioctl version --remote=false --short 2>&1) == *"$args"* ]] ||
      fail "the plan is for istioctl $args, and this one is another" "install istioctl $args"
  done
}

readonly octet='(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])' hex='[0-9A-Fa-f]{1,4}'
readonly hostname='([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])*[a-z]([a-z0-9-]{0,61}[a-z0-9])?'
readonly address="^((${octet}[.]){3}$octet|($hex:){7}$hex|($hex(:$hex){0,5})?::($hex(:$hex){0,5})?|$hostname)\$"
# Whether the answer is that of a row; docs/output.md describes how each `match` compares.
is_right() {
  local first second rest line found=false others=false
  while IFS= read -r line; do
    read -r first second rest <<<"$line" || true
    case $match in
      address) [[ -z ${first:253} && $first =~ $address && $first =~ ^($pattern)$ ]] && answer=$first && return ;;
      same) [[ -n $first && $first == "$second" && $rest =~ ^($pattern)$ ]] && return ;;
    esac
    if [[ $line =~ ^($pattern)$ ]]; then found=true; elif [[ -n $line ]]; then others=true; fi
  done <<<"$answer"
  [[ $match/$found/$others == @(some/true/*|every/*/false|none/false/true) ]]
}
# A pod that the injector must complete. No server creates it.
readonly tried=(--image=auto --labels=sidecar.istio.io/inject=true --annotations=inject.istio.io/templates=gateway
  --dry-run=server)
# Asks for a row of gates.tsv until its answer comes. $1: its number. Sets `at`, `answer`, `jsonpath`, and `problem`.
await_row() {
  local kind namespace object match pattern seconds fix words end
  IFS=$'\t' read -r _ _ _ _ at kind namespace object jsonpath match pattern seconds fix <<<"${gates[$1]}"
  words=(kubectl --context="${context_of[$at]}" --request-timeout=30s get "$kind" --output="jsonpath=$jsonpath")
  if [[ $namespace != - ]]; then words+=(--namespace="$namespace"); fi
  if [[ $object == */* ]]; then words+=(--selector="$object"); elif [[ $object != - ]]; then words[4]+=/$object; fi
  if [[ $kind == injection ]]; then words[3]=run words[4]=istio-proxy words+=("${tried[@]}"); fi
  if [[ $kind == remote-clusters ]]; then words=(istioctl remote-clusters --context="${context_of[$at]}"); fi
  if [[ $seconds =~ ^[1-9][0-9]{0,4}$ ]]; then seconds=${timeout:-$seconds}; else seconds=0; fi
  end=$((SECONDS + seconds))
  until answer=$(ask "${words[@]}" 2>/dev/null) && is_right; do
    if ((SECONDS >= end)); then
      answer=$(ask "${words[@]}" 2>&1 | tail -n 1) || true
      problem="$at: $kind ${namespace/#-/}/${object/#-/} should say ($match) $pattern, and says: ${answer:0:500}"
      problem+=$'\n'"  fix: $fix"
      if ((seconds == 0)); then return 1; else return 4; fi
    fi
    sleep 2
  done
}

# $1: WAVE CLUSTER ACTION WHEN, whose rows must hold before the run goes on; $2: what to say first if they do not.
await_rows() {
  local row
  for row in ${rows_of["$1"]:-}; do await_row "$row" || fail "${2:-}$problem" '' "$?"; done
}

# Before the first change: asks every cluster of the plan, and reports all problems at once.
check_first() {
  local number cluster action when
  for number in "${!gates[@]}"; do
    IFS=$'\t' read -r wave cluster action when _ <<<"${gates[number]}"
    if [[ $when != first || $action != none && -z ${last_of["$wave $cluster $action"]:-} ]]; then
      continue
    elif ! await_row "$number"; then
      problems+=("$problem")
    elif [[ $jsonpath == *.data.cluster* ]]; then
      known[$at]=$answer
    elif [[ $jsonpath == '{.metadata.uid}' ]]; then
      [[ $answer == "${expected[$at]:-$answer}" ]] || problems+=("$at: this is $answer, --expect says ${expected[$at]}")
      [[ " ${observed[*]} " != *" $answer "* ]] || problems+=("$at and another cluster are one: correct the contexts")
      observed[$at]=$answer
    fi
  done
  if ((${#problems[@]} > 0)); then printf -v problem '\n%s' "${problems[@]}" && fail "nothing was changed:$problem"; fi
}

ask_and_lock() {
  local cluster server answer
  for cluster in "${changed[@]}"; do
    server=$(question "$cluster" config view --minify --output='jsonpath={.clusters[0].cluster.server}') || server='?'
    say "$cluster: context ${context_of[$cluster]}, server $server, UID ${observed[$cluster]:-?}"
    [[ $asks == true || ${uid_of[$cluster]} != - || -n ${expected[$cluster]:-}${known[$cluster]:-} ]] ||
      fail "nothing says that this is $cluster, and --yes alone is not enough" \
        "mesh-federation discover, and synth; or add --expect $cluster=${observed[$cluster]:-UID}" 2
  done
  if [[ $asks == true ]]; then
    [[ -t 0 ]] || fail 'cannot ask for confirmation: stdin is not a terminal' 'add --yes' 2
    read -r -p "take ${#steps[@]} steps? [y/N] " answer
    [[ $answer == [yY] ]] || fail 'not confirmed, nothing was changed'
  fi
  for cluster in "${changed[@]}"; do lock "$cluster"; done
}

# Only one run at a time changes a cluster. The last digits of its time tell a run its own lease.
lock() {
  local holder answer command
  locked+=("$1") stamp=${stamp:-$(date -u +%Y-%m-%dT%H:%M:%S).$(printf '%06d' $((RANDOM * 30)))Z}
  holder="apply.sh $(tr -cd 'A-Za-z0-9._@-' <<<"${USER:-$(id -un)}@${HOSTNAME:-}")"
  answer="{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: mesh-federation, namespace: kube-system},
    spec: {holderIdentity: '$holder', leaseDurationSeconds: 86400, acquireTime: '$stamp', renewTime: '$stamp'}}"
  if answer=$(change "$1" create --filename=- 2>&1 <<<"$answer" | "${bound[@]}" head -c 2000); then return 0; fi
  holder=$(question "$1" get "${lease[@]}" --output='jsonpath={.spec.holderIdentity}, since {.spec.acquireTime}') ||
    fail "$1: cannot make Lease kube-system/mesh-federation: ${answer:0:500}"
  printf -v command '%q ' kubectl --context="${context_of[$1]}" delete "${lease[@]}"
  fail "$1 is locked by ${holder:0:200}" "wait; or, if nobody is at work there any more: $command" 5
}

finish() {
  local status=$? cluster found
  trap '' INT TERM
  for cluster in "${locked[@]}"; do
    found=$(question "$cluster" get "${lease[@]}" --output='jsonpath={.spec.acquireTime}' 2>&1) ||
      found=${found/*NotFound*/-}
    if [[ $found == "$stamp" ]] && change "$cluster" delete "${lease[@]}" </dev/null >/dev/null 2>&1; then continue; fi
    [[ $found =~ ^(-|2[0-9TZ:.-]+)$ && $found != "$stamp" ]] || say "$cluster: its Lease may still be there"
  done
  if [[ $status != 0 && -n $took ]]; then say "stopped in wave $took; go on with --from $took"; fi
  exit "$status"
}

# A text as a string of JSON. The tables have no other control characters.
json() { local t=${1//\\/\\\\} && t=${t//\"/\\\"} && t=${t//$'\t'/\\t} && printf '"%s"' "${t//$'\n'/\\n}"; }
# Before the first change to a cluster: what may be left there, for `mesh-federation destroy`. Nobody here reads it.
record() {
  local objects commands digest label='app.kubernetes.io/managed-by: mesh-federation'
  if [[ -n ${recorded[$1]:-} ]]; then return 0; fi
  digest=$("${sum[@]}" <<<"$checksums")
  objects=$(awk -F '\t' -v OFS='\t' -v c="$1" 'NR > 1 && $1 == c { print $2, $3, $4, $5, $6 }' "$here/objects.tsv")
  commands=$(printf '%s\n' "${plan[@]}" | awk -F '\t' -v c="$1" '$2 == c && $11 != "-" {
    row = $1 FS $11 FS $6; for (i = 12; i <= NF; i++) row = row FS $i; print row }')
  server_side "$1" --filename=- <<YAML
{apiVersion: v1, kind: ConfigMap, metadata: {name: $(json "mesh-federation-$federation-${digest:0:10}"),
namespace: kube-system, labels: {$label, mesh-federation.io/federation: $(json "$federation")}},
data: {objects.tsv: $(json "$objects"), commands.tsv: $(json "$commands"), cluster: $(json "$1")}}
YAML
  recorded[$1]=true
}

take_apply() { server_side "$cluster" --kustomize="$here/$path" "$@" </dev/null; }
take_istioctl_install() {
  read_late_values "${args[@]:1}"
  show "${bound[@]}" istioctl install --context="${context_of[$cluster]}" --filename=- --skip-confirmation \
    --readiness-timeout="${timeout:-300}s" "${late[@]}" <"$here/$path"
}

take_helm_upgrade() {
  local chart=("${args[2]}" --repo="${args[4]}")
  if [[ ${args[4]} == oci://* ]]; then chart=("${args[4]}/${args[2]}"); fi
  read_late_values "${args[@]:5}"
  chart+=(--version="${args[3]}" --namespace="${args[1]}" --kube-context="${context_of[$cluster]}")
  show "${bound[@]}" helm upgrade --install "${args[0]}" "${chart[@]}" --values=- --timeout="${timeout:-300}s" \
    "${late[@]}" <"$here/$path"
}
# Turns KEY=gateway-address:CLUSTER into flags. Only an address can be the value.
read_late_values() {
  local arg answer
  for arg in "$@"; do
    [[ $arg =~ ^([A-Za-z0-9_.]+)=gateway-address:([a-z0-9-]+)$ ]] || fail "cannot read $arg" 'synthesize again'
    await_rows "90-verify ${BASH_REMATCH[2]} - address"
    late+=(--set "${arg%%=*}=${answer:?}")
  done
}
# The token goes through a pipe, so that no file and no argument holds it.
take_remote_secret() {
  local words=(create-remote-secret --context="${context_of[${args[0]}]}" --name="${args[1]}")
  if [[ ${args[2]} != - ]]; then words+=(--server="${args[2]}"); fi
  # In some versions, such as 1.7, the command was still experimental.
  if ! ask istioctl create-remote-secret --help >/dev/null 2>&1; then words=(x "${words[@]}"); fi
  "${bound[@]}" istioctl "${words[@]}" 2> >(show cat) </dev/null | server_side "$cluster" --filename=-
}

take_remote_secret_gone() {
  show change "$cluster" delete "secret/istio-remote-secret-${args[1]}" --namespace=istio-system --ignore-not-found \
    </dev/null
}

take_step() {
  local cluster action path args key answer late=()
  IFS=$'\t' read -r wave cluster _ _ action path _ _ _ _ _ args <<<"${plan[$1]}"
  IFS=$'\t' read -r -a args <<<"$args"
  key="$wave $cluster $action"
  say "$wave  $cluster  $action  ${path/#-/}"
  check_files "($cluster/|[a-z]+[.])"
  if [[ $mode == dry-run ]]; then
    if [[ $action != apply ]] || ! take_apply --dry-run=server; then say '  cannot be tried'; fi
    return 0
  fi
  took=$wave
  if [[ ! $action =~ $own ]]; then
    answer="$action is no step of this script; take it with: npx mesh-federation apply --to $wave"
    [[ -n ${rows_of["$key after"]:-} ]] || fail "$answer"
    timeout=0 await_rows "$key after" "$answer"$'\n  ' && return 0
  fi
  await_rows "$key before"
  record "$cluster"
  "take_${action//-/_}"
  if [[ ${last_of[$key]} == "$1" ]]; then await_rows "$key after"; fi
}

mode=apply asks=true from='' timeout='' stamp='' took='' federation='' only=() plan=() gates=() steps=() changed=()
locked=() problems=() sum=(sha256sum) brief=() bound=()
declare -A given=() expected=() context_of=() uid_of=() known=() observed=() rows_of=() last_of=() recorded=()
# With CDPATH set, cd would look elsewhere and print where it went.
here=${BASH_SOURCE[0]%"${BASH_SOURCE[0]##*/}"} && here=$(CDPATH='' cd -- "${here:-.}" && pwd)

main() {
  local number
  read_options "$@"
  read_tables
  check_programs
  check_first
  if [[ $mode == apply ]]; then ask_and_lock; fi
  for number in "${steps[@]}"; do take_step "$number"; done
  say "done in $SECONDS s${took:+; run ./verify.sh to see how calls are spread}"
}

trap finish EXIT && trap 'exit 130' INT && trap 'exit 143' TERM
main "$@"; exit
