#!/usr/bin/env bats
# destroy.sh calls recorders instead of kubectl, istioctl and helm. docs/testing.md: its tests on real clusters.

# shellcheck source=support/recorders.bash disable=SC2154 # bats finds it: the output's `directory` is from there
load support/recorders

# Users choose the names of directories: this one has quotes and a command that a shell would run.
setup() {
  set_up_recorders "it's \$(touch injected) \"here\""
  mkdir "$WORLD/full"
  record host
  record member
  # KubeFed has labelled everything that it brought. This is the last answer, so that a test can give another one.
  printf '%s\ntrue' '.metadata.labels.kubefed' >"$WORLD/zz-brought.0"
}

teardown() { [ ! -e "$BATS_TEST_TMPDIR/injected" ] && [ ! -e "$BATS_TEST_TMPDIR/x" ]; }

destroy() { run "$directory/destroy.sh" "$@"; }

tell_kubectl_of() { printf -- '--context=%s --request-timeout=30s --namespace=kube-system get configmap/mesh-federation-demo' "${1/federation/karmada-apiserver}"; }

# Gives a cluster the record that apply.sh would have left. $2: the created objects, all by default; $3: the commands.
record() {
  local objects commands created istio=$'apiextensions.k8s.io\tCustomResourceDefinition\t-\t*.istio.io'
  objects=$(sed -n "s/^$1\t//p" "$directory/objects.tsv")
  commands=$(awk -F '\t' -v OFS='\t' -v cluster="$1" '$2 == cluster && $11 != "-" { print $1, $11, $6, $12 (NF > 12 ? OFS $13 OFS $14 : "") }' "$directory/plan.tsv")
  created=$(row - Namespace - istio-system; row - Namespace - sample; echo "$istio")
  if [ "$1" = host ]; then created+=$'\n'$(row types.kubefed.io FederatedNamespace sample sample); fi
  printf '%s\n%s' "$(tell_kubectl_of "$1")" "$(printf '%s\x1f%s\x1f%s\x1f\x1f%s' "$objects" "${3-$commands}" "${2-$created}" "$1")" >"$WORLD/record-$1.0"
}

deletions() { grep -E '(kubectl .* delete |istioctl .*uninstall |helm uninstall |kubectl .*apply|annotate )' "$RECORD" | grep -v -- --help; }

# A line for each deletion: its cluster and its objects.
gone() {
  grep -oE -- '(--context=[a-z-]+ .*delete .*|istioctl uninstall --context=[a-z]+)' "$RECORD" |
    sed -E 's/--(context|namespace)=([a-z-]+)/\2/g; s/ --.*//; s/ delete//'
}

# The number of the first deletion that matches.
line_of() { gone | grep -nE -- "$1" | head -n 1 | cut -d : -f 1; }

@test 'deletes the last wave first: workloads, gateways, remote secrets, Istio; then other created objects and the record' {
  destroy --yes demo
  [ "$status" -eq 0 ]
  [[ "${lines[-1]}" == 'done in '* ]]
  before=0
  for one in 'member sample Deployment.apps/sleep' 'host sample FederatedDeployment.types.kubefed.io/helloworld' \
    'host sample federatednamespace' 'member istio-system PodDisruptionBudget' 'host istio-system secret/istio-remote-secret-member' \
    'member istio-system secret/istio-reader-service-account' 'istioctl uninstall member' 'host istio-system VirtualService' \
    'istioctl uninstall host' 'member configmaps' 'member kube-system configmap/mesh-federation-demo' 'host configmaps' \
    'host kube-system configmap/mesh-federation-demo'; do
    at=$(line_of "$one")
    [ "${at:-0}" -gt "$before" ] || { echo "not in its place: $one"; gone; return 1; }
    before=$at
  done
}

@test 'deletes every object of objects.tsv except namespaces' {
  destroy --yes demo
  [ "$status" -eq 0 ]
  while IFS=$'\t' read -r cluster _ group kind namespace name; do
    [[ $kind != Namespace && $kind != FederatedNamespace ]] || continue
    resource=$kind/$name
    [ "$group" = - ] || resource=$kind.$group/$name
    gone | grep -qE "^$cluster $namespace .*$resource" || { echo "stays: $cluster $resource"; return 1; }
  done < <(tail -n +2 "$directory/objects.tsv")
}

@test 'names the context in every call to a server, and never switches it' {
  destroy --yes demo
  refute grep -vE -e ' --(kube-)?context=' -e ' --help$' "$RECORD"
  refute grep -E 'use-context|set-context|current-context' "$RECORD"
}

@test 'deletes a FederatedNamespace after the objects in it, and keeps its namespaces' {
  destroy --yes demo
  [ "$status" -eq 0 ]
  annotated=$(grep -n 'annotate federatednamespace.types.kubefed.io/sample kubefed.io/orphan=true' "$RECORD" | cut -d : -f 1)
  [ "$(grep -n 'delete .*FederatedDeployment' "$RECORD" | cut -d : -f 1)" -lt "$annotated" ]
  [ "$annotated" -lt "$(grep -n 'delete federatednamespace' "$RECORD" | cut -d : -f 1)" ]
}

@test 'deletes everything if it is killed at any deletion and run again' {
  destroy --yes demo
  wanted=$(gone | sort -u)
  mapfile -t calls < <(grep -nE ' delete | uninstall ' "$RECORD" | cut -d : -f 1)
  for ((at = 0; at < ${#calls[@]}; at += 4)); do
    : >"$RECORD"
    INTERRUPTION=KILL AT=${calls[at]} run setsid "$directory/destroy.sh" --yes demo
    [ "$status" -ne 0 ]
    destroy --yes demo
    [ "$status" -eq 0 ]
    [ "$(gone | sort -u)" = "$wanted" ]
  done
}

@test 'keeps a namespace that existed before, and removes our labels from it' {
  record member "$(row - Namespace - sample)"
  destroy --yes demo
  [ "$status" -eq 0 ]
  grep -E -- '--context=member .*delete namespace/sample' "$RECORD"
  refute grep -E -- '--context=member .*delete namespace/istio-system' "$RECORD"
  grep -E -- '--context=member create namespace istio-system --dry-run=client' "$RECORD"
  [[ "${lines[*]}" == *'namespace/istio-system was there before'* ]]
}

@test "keeps a namespace with somebody else's objects, and names them" {
  answer '--context=host --request-timeout=30s --namespace=sample get configmaps --output=go-template' 0 <<<'ConfigMap theirs'
  destroy --yes demo
  [ "$status" -eq 0 ]
  refute grep -E -- '--context=host .*delete namespace/sample' "$RECORD"
  grep -E -- '--context=host .*delete namespace/istio-system' "$RECORD"
  [[ "${lines[*]}" == *'left on host: namespace/sample; somebody else has objects in it: ConfigMap theirs'* ]]
}

@test 'does not take a failed request for an empty namespace' {
  answer ' --namespace=sample get configmaps --output=go-template' 1 <<<'the server is currently unable to handle the request'
  destroy --yes demo
  [ "$status" -eq 1 ]
  refute grep -F 'delete namespace/sample' "$RECORD"
  refute grep -F 'delete configmap/mesh-federation-demo' "$RECORD"
  [[ "${lines[-1]}" == 'stopped in the last deletions on cluster '*'; run the same command to continue there' ]]
}

@test 'keeps a namespace of a member that the engine has not brought' {
  answer '--context=member --request-timeout=30s get namespace/sample --ignore-not-found --output=jsonpath={.metadata.labels.kubefed' 0 </dev/null
  destroy --yes demo
  [ "$status" -eq 0 ]
  refute grep -E -- '--context=member .*delete namespace/sample' "$RECORD"
}

@test "keeps the FederatedNamespace and the namespaces of somebody else's federated objects" {
  answer '--namespace=sample get configmaps --output=name' 0 <<<'federatedconfigmap.types.kubefed.io/theirs'
  destroy --yes demo
  [ "$status" -eq 0 ]
  refute grep -E 'delete (federated)?namespace[^ ]*/sample' "$RECORD"
  [[ "${lines[*]}" == *'left on host: federatednamespace/sample: federatedconfigmap.types.kubefed.io/theirs'* ]]
}

@test "keeps Istio's kinds while any object of them or another istiod exists" {
  answer '--context=host --request-timeout=30s get customresourcedefinitions' 0 <<<'customresourcedefinition.apiextensions.k8s.io/gateways.networking.istio.io'
  answer '--context=member --request-timeout=30s get deployments' 0 <<<'deployment.apps/istiod'
  answer '--context=host --request-timeout=30s get gateways.networking.istio.io' 0 <<<'gateway.networking.istio.io/theirs'
  destroy --yes demo
  [ "$status" -eq 0 ]
  refute grep -F 'delete customresourcedefinition' "$RECORD"
  [[ "${lines[*]}" == *'objects of these kinds: gateway.networking.istio.io/theirs'* ]]
  [[ "${lines[*]}" == *'left on member: '*'another istiod'* ]]
}

@test 'deletes no namespace if a record lists only objects, and undoes the installations of the plan' {
  for cluster in host member; do
    { tell_kubectl_of "$cluster"; echo; sed -n "s/^$cluster\t//p" "$directory/objects.tsv"; } >"$WORLD/record-$cluster.0"
  done
  destroy --yes demo
  [ "$status" -eq 0 ]
  [ "$(grep -c 'istioctl uninstall --context' "$RECORD")" -eq 2 ]
  refute grep -E 'delete (namespace|customresourcedefinition|secret/cacerts)' "$RECORD"
}

@test 'changes nothing in a cluster without a record' {
  rm "$WORLD"/record-*
  destroy --yes demo
  [ "$status" -eq 0 ]
  [ "${lines[-1]}" = 'nothing of demo is recorded in any cluster' ]
  refute deletions
}

@test '--dry-run lists what would be deleted, and changes nothing' {
  destroy --dry-run
  [ "$status" -eq 0 ]
  for one in Deployment.apps/sleep federatednamespace.types.kubefed.io/sample namespace/istio-system; do
    [[ "${lines[*]}" == *"$one would be deleted"* ]]
  done
  refute deletions
}

@test 'stops before the first deletion if a context leads to another cluster' {
  answer ' get namespace kube-system ' 0 <<<'one-uid'
  destroy --yes demo
  [ "$status" -eq 1 ]
  [[ "${lines[*]}" == *'are one cluster'* ]]
  rm "$WORLD"/[0-9]*.0
  destroy --yes demo --context host=member --context member=host
  [ "$status" -eq 1 ]
  [[ "${lines[*]}" == *'host: context member is member of demo'* ]]
  refute deletions
}

@test 'stops before the first deletion if KubeFed would wait for a cluster forever, or if an action cannot be undone' {
  answer 'get kubefedclusters.core.kubefed.io' 0 <<<$'host=True\nmember=False'
  record member "$(row - Namespace - sample)" "$(row 20-control-plane helm-rollback - istiod)"
  destroy --yes demo
  [ "$status" -eq 1 ]
  [[ "${lines[*]}" == *'its engine does not reach member'* ]]
  [[ "${lines[*]}" == *'cannot undo helm-rollback'* ]]
  refute deletions
}

# The commands that a plan with federation.install has run on the host.
installed=$'05-federation-control-plane\tkubefed-install-engine\t-\tkubefed\t0.10.0\thttps://charts.example\tregistry.example/kubefed:v0.10.0
05-federation-control-plane\tkubefed-join\t-\tmember\tsecond.example\t-'

@test 'removes KubeFed if the plan installed it: first the members, its controller after the objects that wait for it' {
  record host "$(row apps Deployment kube-federation-system kubefed-controller-manager
    row core.kubefed.io KubeFedCluster kube-federation-system second.example)" "$installed"
  answer 'get kubefedcluster.core.kubefed.io/second.example --ignore-not-found' 0 <<<kubefedcluster.core.kubefed.io/second.example
  answer '--context=member --request-timeout=30s get namespace kube-federation-system' 0 </dev/null
  destroy --yes demo
  [ "$status" -eq 0 ]
  grep -F 'kubefedctl unjoin second.example --cluster-context=member --host-cluster-context=host --host-cluster-name=host' "$RECORD"
  unjoin=$(grep -n '^kubefedctl unjoin' "$RECORD" | cut -d : -f 1)
  types=$(grep -n 'delete federatedtypeconfigs.core.kubefed.io --all' "$RECORD" | cut -d : -f 1)
  first=$(grep -n -- '--context=host delete --filename=-' "$RECORD" | head -n 1 | cut -d : -f 1)
  [ "$unjoin" -lt "$types" ]
  [ "$types" -lt "$first" ]
  [ "$first" -lt "$(grep -n -- '--context=host delete namespace/kube-federation-system' "$RECORD" | cut -d : -f 1)" ]
}

@test 'keeps a KubeFed that existed before, and the members that had joined it' {
  # A record of an earlier version names these commands without the engine.
  record host "$(row - Namespace - sample)" "${installed//kubefed-/}"
  destroy --yes demo
  [ "$status" -eq 0 ]
  [[ "${lines[*]}" == *'left on host: member had joined before'*'left on host: KubeFed was there before'* ]]
  refute grep -E '^(helm|kubefedctl) |delete federatedtypeconfigs|delete namespace/kube-federation-system' "$RECORD"
}

@test '--only removes one member, and the other clusters stop reading it' {
  rm "$WORLD/zz-brought.0"
  destroy --yes demo --only member
  [ "$status" -eq 0 ]
  [ "$(gone | grep ^host)" = 'host istio-system secret/istio-remote-secret-member' ]
  grep -E -- '--context=member .*delete configmap/mesh-federation-demo' "$RECORD"
  grep -F 'istioctl uninstall --context=member' "$RECORD"
}

@test '--only refuses a cluster that delivers workloads, and one that still receives them' {
  destroy --yes demo --only host
  [ "$status" -eq 1 ]
  [[ "${lines[*]}" == *'host delivers workloads to the other clusters'* ]]
  destroy --yes demo --only member
  [ "$status" -eq 1 ]
  [[ "${lines[*]}" == *'an engine still delivers namespace sample to it'* ]]
  refute deletions
}

@test '--only removes a member that the plan no longer names' {
  rm "$WORLD/zz-brought.0"
  sed -i $'/\tmember\t/d' "$directory/plan.tsv"
  destroy --yes demo --only member
  [ "$status" -eq 2 ]
  destroy --yes demo --only member --context member=member
  [ "$status" -eq 0 ]
  [ "$(gone | grep ^host)" = 'host istio-system secret/istio-remote-secret-member' ]
  grep -E -- '--context=member .*delete configmap/mesh-federation-demo' "$RECORD"
}

@test 'uninstalls the releases of helm, the last one first' {
  record host "$(row - Namespace - istio-system)" "$(
    row 20-control-plane helm-upgrade base.yaml istio-base istio-system base 1.31.4 https://charts.example
    row 20-control-plane helm-upgrade istiod.yaml istiod istio-system istiod 1.31.4 https://charts.example
  )"
  destroy --yes demo
  [ "$status" -eq 0 ]
  [ "$(grep -oE 'helm uninstall [a-z-]+ --namespace=istio-system --kube-context=host' "$RECORD" | cut -d ' ' -f 3 | paste -sd ' ' -)" = 'istiod istio-base' ]
}

@test 'deletes the federated CA but not its copies, and then each copy that did not exist before' {
  rm -rf "$directory" "$WORLD"/record-*
  (cd "$BATS_TEST_DIRNAME/../.." && FEDERATION=examples/tutorial.yaml CDK8S_OUTDIR="$directory" npm run --silent synth)
  sed -i -E $'s/\tcontext-fcb[^\t]+/\thost/; s/\tcontext-d16[^\t]+/\tmember/; s/^([^\t]+\thost\t)[^\t]+/\\1host/; s/^([^\t]+\tmember\t)[^\t]+/\\1member/' "$directory/plan.tsv"
  sed -i 's/^00-preflight\(.*\)tutorial/00-preflight\1demo/' "$directory/plan.tsv"
  record host "$(row types.kubefed.io FederatedNamespace istio-system istio-system)"
  record member "$(row - Namespace - istio-system; row - Secret istio-system cacerts)"
  destroy --yes demo
  [ "$status" -eq 0 ]
  secret=$(line_of 'host istio-system federatedsecret.types.kubefed.io/cacerts')
  [ "$secret" -lt "$(line_of 'host istio-system federatednamespace.types.kubefed.io/istio-system')" ]
  grep -F 'annotate federatedsecret.types.kubefed.io/cacerts kubefed.io/orphan=true' "$RECORD"
  [ "$(gone | grep secret/cacerts)" = 'member istio-system secret/cacerts' ]
  [ "$(gone | grep ' namespace/')" = 'member namespace/istio-system' ]
}

@test "deletes Karmada's templates, their policies, the namespace, and last the policy that keeps its copies" {
  rm -rf "$directory" "$WORLD"/record-*
  (cd "$BATS_TEST_DIRNAME/../.." && FEDERATION=examples/karmada.yaml CDK8S_OUTDIR="$directory" npm run --silent synth)
  for cluster in federation host member; do record "$cluster" "$(row - Namespace - sample)"; done
  answer 'get clusters.cluster.karmada.io --output=jsonpath' 0 <<<$'host=True\nmember=True'
  answer '.status.phase' 0 <<<Active
  printf '%s\ntrue' '.metadata.labels.karmada' >"$WORLD/zz-propagated.0"
  answer "helloworld --ignore-not-found --output=jsonpath={.metadata.labels.karmada" 0 </dev/null
  destroy --yes demo
  [ "$status" -eq 0 ]
  before=0
  for one in 'sample Deployment.apps/helloworld' 'sample PropagationPolicy' 'karmada-apiserver namespace/sample' 'karmada-apiserver ClusterPropagationPolicy'; do
    at=$(line_of "$one")
    [ "${at:-0}" -gt "$before" ] || { echo "not in its place: $one"; gone; return 1; }
    before=$at
  done
}

@test 'runs no name that a shell would run' {
  # shellcheck disable=SC2016 # nobody shall expand it
  destroy --yes demo --context 'member=my  "member" $(touch x)'
  # shellcheck disable=SC2016
  record member "$(row - Namespace - '$(touch x)')" "$(row 45-discovery remote-secret - '$(touch x)' '`touch x`' -)"
  destroy --yes demo
  # shellcheck disable=SC2016
  destroy --yes '$(touch x)'
  [ "$status" -eq 2 ]
}

@test 'asks for the name of the federation' {
  run "$directory/destroy.sh" </dev/null
  [ "$status" -eq 2 ]
  [[ "${lines[*]}" == *'add --yes demo'* ]]
  destroy --yes dema
  [ "$status" -eq 2 ]
  refute deletions
}

@test 'refuses options and values that it does not know' {
  for words in --yes '--from 40-remote' '--only nobody' '--timeout soon' '--context x'; do
    # shellcheck disable=SC2086 # two words
    destroy $words
    [ "$status" -eq 2 ]
  done
  refute deletions
}

@test '--help names every option' {
  destroy --help
  [ "$status" -eq 0 ]
  for option in dry-run only context timeout yes help; do [[ "${lines[*]}" == *"--$option"* ]]; done
}
