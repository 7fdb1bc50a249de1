#!/usr/bin/env bash
# Compares the endpoints that proxies have with the tables beside it, and counts answered calls. See --help. Texts of
# servers and pods are compared with patterns, and never obeyed.

# An old bash, too, can read and run this.
if [ -z "${BASH_VERSINFO:-}" ] || [ "${BASH_VERSINFO[0]}" -lt 4 ] ||
  { [ "${BASH_VERSINFO[0]}" -eq 4 ] && [ "${BASH_VERSINFO[1]}" -lt 4 ]; }; then
  echo "error: bash 4.4 or newer is needed (macOS: brew install bash), this is ${BASH_VERSION:-another shell}" >&2
  exit 2
fi
set -efuo pipefail && shopt -s inherit_errexit extglob
export LC_ALL=C # A character is a byte: patterns mean the same everywhere, and `say` sees each byte.

usage() {
  cat <<'TEXT'
usage: ./verify.sh [options]

From a pod with a sidecar in each cluster: compares the endpoints of its proxy with services.tsv, clients.tsv,
endpoints.tsv and gateways.tsv; then calls each HTTP service in a loop, and counts who answers. It changes nothing.
  --calls N                  number of calls to each service from each cluster, 100 by default; 0 makes no calls
  --path PATH                the path to call, / by default; every status but 502, 503 and 504 counts as an answer
  --only CLUSTER             check from this cluster only; may be repeated
  --context CLUSTER=CONTEXT  the kubeconfig context to use for this cluster; may be repeated
  --timeout SECONDS          how long to wait until the endpoints match, 60 by default
  --help                     show this text
It needs kubectl. `mesh-federation verify` also finds the broken link between two clusters, and counts the calls to each
endpoint. Exit status: 0 all as expected, 1 problems found, 2 wrong use.
TEXT
}

# The only way to a terminal: only printable ASCII is shown.
say() { while IFS= read -r line; do printf '%s\n' "${line//[^[:print:]]/?}"; done <<<"$1"; }
fail() { say "error: $1"$'\n'"  fix: $2" >&2 && exit "${3:-1}"; }
note() { say "problem: $1" >&2 && problems=true; }

# Asks a server, within bounds of time and size. $1: the cluster.
ask() {
  "${bounded[@]}" ${bounded[0]:+"$limit"} kubectl --context="${context_of[$1]}" --request-timeout=30s "${@:2}" \
    </dev/null 2>/dev/null | head -c 30000000 | tr '\0' '?'
}

read_options() {
  while (($# > 0)); do
    case $1=${2:-} in
      --help=*) usage && exit 0 ;;
      --calls=@(0|[1-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9])) calls=$2 && shift ;;
      --path=/*([[:graph:]])) path=$2 && shift ;;
      --only=[a-z0-9]*) only+=("$2") && shift ;;
      --context=[a-z0-9]*=?*) given[${2%%=*}]=${2#*=} && shift ;;
      --timeout=@([1-9]|[1-9][0-9]|[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9])) timeout=$2 && shift ;;
      *) fail "cannot use $1 ${2:-}" './verify.sh --help' 2 ;;
    esac
    shift
  done
}

read_tables() {
  local cluster context uid found wave when kind namespace name jsonpath sum=(sha256sum)
  if ! command -v sha256sum >/dev/null; then sum=(shasum -a 256); fi
  (cd -- "$here" && "${sum[@]}" --check --status checksums) 2>/dev/null ||
    fail "a file in $here has changed since the synth" 'synthesize again, and review the change' 2
  while IFS=$'\t' read -r wave cluster context uid _; do
    if [[ $wave != 00-preflight ]]; then continue; fi
    clusters+=("$cluster") context_of[$cluster]=${given[$cluster]:-$context}
    found=$(ask "$cluster" get namespace kube-system --output='jsonpath={.metadata.uid}') || found=''
    [[ -n $found && $uid == @(-|"$found") ]] ||
      fail "$cluster does not answer, or is not the expected cluster" "name its context: --context $cluster=CONTEXT"
  done <"$here/plan.tsv"
  for cluster in "${only[@]}" "${!given[@]}"; do
    [[ -n ${context_of[$cluster]:-} ]] || fail "plan.tsv has no cluster $cluster" 'name a cluster of plan.tsv' 2
  done
  while IFS=$'\t' read -r _ cluster _ when _ kind namespace name jsonpath _; do
    if [[ $when == address && $kind == @(service|node) ]]; then address_of[$cluster]="$namespace $name $jsonpath"; fi
  done <"$here/gates.tsv"
  # A row `client service port protocol serving address` for each way from a client to a serving cluster.
  ways=$(cd -- "$here" && awk -F '\t' -v OFS='\t' '
    FNR == 1 { next }
    FILENAME == "gateways.tsv" { ways["c " $1] = ways["c " $1] " " $3; ways["n " $2] = ways["n " $2] " " $3; next }
    FILENAME == "endpoints.tsv" { n = ++places[$1]; at[$1, n] = $2; net[$1, n] = $3; way[$1, n] = $4; next }
    FILENAME == "clients.tsv" { n = ++members[$1]; client[$1, n] = $2; home[$2] = $3; next }
    { for (i = 1; i <= members[$4]; i++) for (j = 1; j <= places[$5]; j++) {
        c = client[$4, i]; w = way[$5, j] == "*" ? "n " net[$5, j] : "c " way[$5, j]
        if (net[$5, j] == home[c]) print c, $1, $2, $3, at[$5, j], "local"
        else { count = split(ways[w], list, " "); for (k = 1; k <= count; k++) print c, $1, $2, $3, at[$5, j], list[k] }
      } }' gateways.tsv endpoints.tsv clients.tsv services.tsv)
  ! grep -qvE $'^[a-z0-9-]+(\t[a-z0-9][a-z0-9.-]*){2}\t[a-z]+\t[a-z0-9-]+\t[][A-Za-z0-9.:-]+$' <<<"$ways" ||
    fail 'the tables have a row that no synth writes, or none' 'synthesize again' 2
}
# Prints the addresses behind a way, those of one pod with | between. $1: serving cluster; $2: service; $3: address.
addresses_behind() {
  local namespace name jsonpath words cluster=${3#gateway-address:} port=:${3##*:}
  local slices='{range .items[*].endpoints[*]}{.conditions.ready} {.addresses[0]} {.targetRef.name}{"\n"}{end}'
  if [[ $3 == local ]]; then
    ask "$1" --namespace="$(cut -d . -f 2 <<<"$2")" get endpointslices.discovery.k8s.io --output="jsonpath=$slices" \
      --selector="kubernetes.io/service-name=${2%%.*}" | awk '$1 == "true" && $2 ~ /^[0-9A-Fa-f.:]+$/ {
        pod = NF == 2 ? $2 : $3; of[pod] = of[pod] bar[pod] $2; bar[pod] = "|" } END { for (pod in of) print of[pod] }'
  elif [[ $3 == "$cluster" ]]; then echo "$3"
  else
    read -r namespace name jsonpath <<<"${address_of[${cluster%:*}]:?}"
    words=(service/"$name" --namespace="$namespace")
    # A node opens another port than that of the Service, so only its address counts.
    if [[ $name == - ]]; then words=(node) port=''; fi
    ask "${cluster%:*}" get "${words[@]}" --output="jsonpath=$jsonpath" | awk 'NF { print $1 }' |
      sed -nE "s/^[0-9A-Fa-f]*:[0-9A-Fa-f:.]+\$/[&]/; s/^[][0-9A-Za-z:.-]+\$/&$port/p"
  fi
}
# Finds a pod with a sidecar and curl, rather one of a Deployment in objects.tsv than one that an engine delivers.
find_client() {
  local limit=30 own pods
  local fields='{range .items[*]}{.metadata.namespace} {.metadata.name} {.status.podIPs[*].ip}{"\n"}{end}'
  own=$(awk -F'\t' -v c="$1Deployment" '$1 $4 == c && $5 !~ /^(istio-system)?$|[^a-z0-9-]/ { print $5, $6 "-" }' \
    "$here/objects.tsv")
  pods=$({ cut -f 2 <<<"$ways" | cut -d . -f 2; sed -n 's| .*||p' <<<"$own"; } | sort -u | while read -r namespace; do
    ask "$1" --namespace="$namespace" get pods --selector=security.istio.io/tlsMode=istio \
      --field-selector=status.phase=Running --output="jsonpath=$fields" || true
  done | grep -xE '[a-z0-9][a-z0-9-]* [a-z0-9][a-z0-9.-]*( [0-9A-Fa-f:.]+)+') || return 1
  # Pods of one Deployment have the same programs. A pod uses no address of a family that it lacks.
  while read -r client_namespace client_pod client_address others; do
    case "$client_address $others" in *.*:* | *:*.*) bad='^$' ;; *.*) bad='^[[]' ;; *) bad='^[0-9.]+:' ;; esac
    if in_client "$1" sh -c 'command -v curl' >/dev/null; then return 0; fi
  done < <({ grep -F -- "$own" <<<"$pods"; echo "$pods"; } |
    awk '{ d = $2; sub(/-[a-z0-9]+-[a-z0-9]+$/, "", d) } !seen[$1, d]++ && ++tried <= 20')
  return 1
}
in_client() { ask "$1" --request-timeout="${limit}s" --namespace="$client_namespace" exec "$client_pod" -- "${@:2}"; }

# Prints what differs between the endpoints that should be there and those of a proxy, lines `service port address`. The
# address of a pod has no port. istiod resolves a hostname, so that only its port counts.
differences() {
  awk 'function tell(text) { if (++told <= 200) print text }
    { key = $1 " " $2; port = bare = $3; sub(/.*:/, ":", port); sub(/:[0-9]+$/, "", bare) }
    FILENAME == ARGV[1] { form = $3 !~ /[[|]/ && $3 ~ /[A-Za-z].*:[0-9]+$/ && $3 ~ /[.]/ ? port : $3
      row[++n] = key " is not called at " $3; of[n] = key; called[key] = split(form, at, "|")
      for (i = 1; i <= called[key]; i++) wanted[key, any[n, i] = at[i]] = 1; next }
    key in called { plain = bare; gsub(/[][]/, "", plain); if (!((key, $3) in wanted || (key, bare) in wanted ||
        (key, plain) in wanted || (key, port) in wanted)) more[++m] = key " is called at " $3 ", unexpectedly"
      live[key, $3] = live[key, bare] = live[key, plain] = live[key, port] = 1 }
    END { for (i = 1; i <= n; i++) { for (j = 1; (i, j) in any && !((of[i], any[i, j]) in live); j++);
        if (!((i, j) in any)) tell(row[i]) } for (j = 1; j <= m; j++) tell(more[j]) }' "$@"
}
# Prints `STATUS TEXT` for each call. Stops after some failures in a row: each may take five seconds.
# shellcheck disable=SC2016 # the shell in the pod reads it
readonly call_loop='n=0 failed=0
while [ "$n" -lt "$1" ] && [ "$failed" -lt 5 ]; do
  answer=$(curl --silent --globoff --max-time 5 --write-out "|%{http_code}" "$2" | tr "\r\n" "  ") || true
  case ${answer##*|} in 000 | 502 | 503 | 504) failed=$((failed + 1)) ;; *) failed=0 ;; esac
  printf "%s %.100s\n" "${answer##*|}" "${answer%|*}" && n=$((n + 1))
done'
# $1: the client; $2: the service; $3: its port.
call_service() {
  local answers answered
  answers=$(in_client "$1" sh -c "$call_loop" sh "$calls" "http://$2:$3$path") || true
  answered=$(grep -E '^[1-9][0-9][0-9] ' <<<"$answers" | grep -cvE '^50[234] ') || true
  say "$1: $answered of $calls calls to $2:$3 were answered"
  say "$(cut -d ' ' -f 2- <<<"$answers" | cut -c 1-100 | sort | uniq -c | sort -rn | head -n 10)"
  [[ $answered == "$calls" ]] || problems=true
}
check_client() {
  local end=$((SECONDS + timeout)) service port serving address expected='' differing
  if ! find_client "$1"; then note "$1: found no ready pod with a sidecar and curl" && return 0; fi
  say "$1: pod $client_namespace/$client_pod"
  # Another way to the same cluster takes the place of one that leads nowhere.
  own_ways=$(awk -F '\t' -v bad="$bad" '{ row[NR] = $0; key[NR] = $2 FS $3 FS $5; is_bad[NR] = $6 ~ bad }
    !is_bad[NR] { good[key[NR]] = 1 }
    END { for (i = 1; i <= NR; i++) if (!is_bad[i] || !good[key[i]]) print row[i] }' <<<"$own_ways")
  while true; do
    expected=$(cut -f 2,3,5,6 <<<"$own_ways" | while IFS=$'\t' read -r service port serving address; do
      { addresses_behind "$serving" "$service" "$address" | grep -vE "$bad" || true; } |
        awk -v row="$service $port" -v no="no-address-in-$serving" '{ print row, $0 } END { if (!NR) print row, no }'
    done)
    differing=$(differences <(echo "$expected") <(ask "$1" --namespace="$client_namespace" exec "$client_pod" \
      --container=istio-proxy -- pilot-agent request GET clusters |
      sed -nE 's/^outbound\|([0-9]+)\|\|([a-z0-9.-]+)::([][0-9A-Fa-f.:]+:[0-9]+)::weight::[0-9]+$/\2 \1 \3/p'))
    if [[ -z $differing ]] || ((SECONDS >= end)); then break; fi
    sleep 2
  done
  if [[ -n $differing ]]; then note "$1: $differing"; else say "$1: $(wc -l <<<"$expected") endpoints as expected"; fi
  while ((calls > 0)) && IFS=$'\t' read -r service port; do
    # A pod that belongs to the service may be the only one that could answer.
    grep -qE "^$service $port (.*[|])?$client_address([|]|$)" <<<"$expected" || call_service "$1" "$service" "$port"
  done < <(awk -F '\t' -v OFS='\t' '$4 == "http" { print $2, $3 }' <<<"$own_ways" | sort -u)
}

calls=100 path=/ timeout=60 limit=0 problems=false ways='' bounded=() only=() clusters=()
declare -A given=() context_of=() address_of=()
here=${BASH_SOURCE[0]%"${BASH_SOURCE[0]##*/}"} && here=$(CDPATH='' cd -- "${here:-.}" && pwd)

main() {
  local own_ways cluster client_namespace client_pod client_address others bad
  read_options "$@"; limit=$((calls * 5 + 60))
  if timeout --kill-after=1 5 true 2>/dev/null; then bounded=(timeout --kill-after=5); fi
  read_tables
  for cluster in "${clusters[@]}"; do
    own_ways=$(awk -F '\t' -v c="$cluster" '$1 == c' <<<"$ways")
    if [[ -n $own_ways && (${#only[@]} == 0 || " ${only[*]} " == *" $cluster "*) ]]; then check_client "$cluster"; fi
  done
  [[ $problems == false ]] || fail 'calls do not go where they should' 'mesh-federation verify names the broken link'
}

main "$@"; exit
