#!/usr/bin/env bats
# apply.sh installs KubeFed and calls recorders instead of helm, kubefedctl and kubectl. docs/testing.md: its tests on real
# clusters.

# shellcheck source=support/recorders.bash disable=SC2154 # bats finds it: the output's `directory` is from there
load support/recorders

# The output of examples/helm.yaml, with a small version of KubeFed's chart. No cluster has joined. The script asks for the
# registration of the host once, since its API server is declared, and for that of the member twice.
setup() {
  set_up_recorders
  rm -r "$directory/host" "$directory/member"
  cp -R "$BATS_TEST_DIRNAME/../golden/helm/." "$directory"
  answer 'helm show crds' 0 <<<$'---\nkind: CustomResourceDefinition'
  answer 'helm template' 0 <<<"$chart"
  answer 'apply --server-side --field-manager=mesh-federation --filename=- --output=name' 0 \
    <<<'customresourcedefinition.apiextensions.k8s.io/kubefedconfigs.core.kubefed.io'
  answer 'get deployment kubefed-admission-webhook --ignore-not-found' 0 <<<''
  answer 'get kubefedclusters.core.kubefed.io' 1 <<<'no such kind'
  answer 'get kubefedcluster.core.kubefed.io/host' 0 <<<'True https://203.0.113.20:6443'
  answer_once 'get kubefedcluster.core.kubefed.io/host' 1 host <<<'not found'
  answer_once 'get kubefedcluster.core.kubefed.io/member' 1 member-1 <<<'not found'
  answer_once 'get kubefedcluster.core.kubefed.io/member' 1 member-2 <<<'not found'
}

chart='---
# Source: kubefed/templates/webhook.yaml
kind: Secret
data: key-of-the-webhook
---
kind: RoleBinding
metadata:
  name: apiextension-viewer
  namespace: kube-system
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: kubefed-controller-manager
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: kubefed-admission-webhook
---
apiVersion: core.kubefed.io/v1beta1
kind: KubeFedConfig'

apply() { run "$directory/apply.sh" --yes --timeout 2 "$@"; }

# The number of the first call that contains $1.
call() { grep -nF -m 1 -- "$1" "$RECORD" | cut -d : -f 1; }

# Checks that each of these calls was made, and after the one before it.
in_order() {
  local last=0 now
  for wanted in "$@"; do
    now="$(tail -n "+$((last + 1))" "$RECORD" | grep -nF -m 1 -- "$wanted" | cut -d : -f 1)"
    [ -n "$now" ] || { echo "not there, or not there in time: $wanted"; return 1; }
    last=$((last + now))
  done
}

changes() { grep -E '(kubectl .*(apply|create|patch kubefedcluster|rollout restart)|helm (show|template|upgrade)|kubefedctl)' "$RECORD"; }

@test 'installs KubeFed from its chart before any cluster joins, and its settings after the webhook that checks them' {
  apply
  [ "$status" -eq 0 ]
  in_order 'helm show crds kubefed --repo=https://mirror.example/kubefed/charts --version=0.10.0' \
    'get customresourcedefinition/kubefedconfigs.core.kubefed.io' \
    'helm template kubefed kubefed --repo=https://mirror.example/kubefed/charts --version=0.10.0' \
    'create namespace kube-federation-system' \
    'apply --server-side --field-manager=mesh-federation --filename=-' \
    'rollout status deployment/kubefed-admission-webhook' \
    '--dry-run=server --namespace=kube-federation-system --filename=-' \
    'apply --server-side --field-manager=mesh-federation --namespace=kube-federation-system --filename=-' \
    'rollout status deployment/kubefed-controller-manager' \
    'kubefedctl join host' \
    'kubefedctl join member'
  [ "$(grep -c 'helm template' "$RECORD")" -eq 1 ]
  refute grep -F 'rollout restart' "$RECORD"
}

@test 'applies every part of the chart once, apart from a dry run that asks the webhook' {
  apply
  [ "$(grep -c 'kind: RoleBinding' "$PIPED")" -eq 1 ]
  [ "$(grep -c 'name: kubefed-admission-webhook' "$PIPED")" -eq 1 ]
  [ "$(grep -c 'name: kubefed-controller-manager' "$PIPED")" -eq 2 ]
  [ "$(grep -c 'kind: KubeFedConfig' "$PIPED")" -eq 2 ]
  [ "$(grep -n 'kind: RoleBinding' "$PIPED" | cut -d : -f 1)" -lt "$(grep -n -m 1 'kind: KubeFedConfig' "$PIPED" | cut -d : -f 1)" ]
  # No call gives a namespace for the whole chart: the RoleBinding is in another one.
  refute grep -E 'apply .*--namespace=.*kube-system' "$RECORD"
}

@test 'uses the image of the mirror, with the pull secret and the tag of the release' {
  apply
  line="$(grep 'helm template' "$RECORD")"
  for part in controller webhook; do
    [[ $line == *"controllermanager.$part.repository=mirror.example/quay/kubernetes-multicluster "* ]]
    [[ $line == *"controllermanager.$part.tag=v0.10.0"* ]]
  done
  [[ $line == *'imagePullSecrets\[0\].name=mirror-credentials'* ]]
  [[ $line == *'--no-hooks'* ]]
}

@test 'keeps the key of the webhook out of arguments' {
  apply
  refute grep -F key-of-the-webhook "$RECORD"
  grep -F key-of-the-webhook "$PIPED"
}

@test 'changes nothing if this KubeFed runs and its webhook answers' {
  image=mirror.example/quay/kubernetes-multicluster/kubefed:v0.10.0
  answer '.spec.containers[0].image}' 0 <<<"$image True $image True "
  apply
  [ "$status" -eq 0 ]
  printf '%s\n' "${lines[@]}" | grep -F 'kubefed 0.10.0 is there'
  refute grep -E 'helm (show|template)' "$RECORD"
  # It installs KubeFed if the webhook does not answer.
  answer 'annotate kubefedconfig.core.kubefed.io/kubefed' 1 <<<'failed calling webhook'
  apply
  grep -F 'helm template' "$RECORD"
}

@test 'restarts a webhook that has the certificate of an earlier rendering' {
  rm "$WORLD"/*
  answer 'helm template' 0 <<<"$chart"
  answer 'get deployment kubefed-admission-webhook --ignore-not-found' 0 <<<'deployment.apps/kubefed-admission-webhook'
  apply
  in_order 'helm template' 'rollout restart deployment.apps/kubefed-admission-webhook' 'rollout status deployment/kubefed-admission-webhook'
}

@test 'joins with both contexts, and takes over the objects of an earlier attempt' {
  apply --context 'member=arn:x/y  "member"'
  [ "$status" -eq 0 ]
  line="$(grep 'kubefedctl join member' "$RECORD")"
  for words in "--cluster-context=$(printf '%q' 'arn:x/y  "member"')" --host-cluster-context=host --host-cluster-name=host \
    --secret-name=member.credentials --error-on-existing=false; do
    [[ $line == *" $words"* ]]
  done
}

@test 'gives KubeFed only the declared API server' {
  apply
  line="$(grep -F ' patch kubefedcluster' "$RECORD")"
  [[ $line == *'kubefedcluster.core.kubefed.io/host'*'apiEndpoint'*'https://203.0.113.20:6443'* ]]
  [ "$(call 'kubefedctl join host')" -lt "$(call ' patch kubefedcluster')" ]
  [ "$(call ' patch kubefedcluster')" -lt "$(call 'kubefedctl join member')" ]
}

@test 'changes no registration that has the declared API server' {
  rm "$WORLD"/0-*
  apply
  [ "$status" -eq 0 ]
  printf '%s\n' "${lines[@]}" | grep -F 'member has joined as member'
  refute grep -E 'kubefedctl| patch kubefedcluster' "$RECORD"
}

@test 'joins no cluster that is still deleting the namespace of an earlier registration' {
  answer '{.metadata.deletionTimestamp}' 0 <<<'2026-11-23T00:00:00Z'
  apply
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'host has not deleted its namespace kube-federation-system yet'
  refute grep -F kubefedctl "$RECORD"
}

@test 'goes on only when KubeFed reaches the members' {
  answer 'get kubefedcluster.core.kubefed.io/member' 0 <<<'False https://203.0.113.20:6443'
  apply
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'KubeFed does not reach member'
  refute grep -F 10-foundation "$RECORD"
}

@test 'refuses an API server that only this machine can reach, before the first change, unless another one is declared' {
  answer '{.clusters[0].cluster.server}' 0 <<<'https://127.0.0.1:6443'
  apply
  [ "$status" -eq 1 ]
  # This is the only problem: another API server is declared for the host.
  printf '%s\n' "${lines[@]}" | grep -F 'error: 1 problem, nothing was changed'
  printf '%s\n' "${lines[@]}" | grep -F 'member: its API server in the kubeconfig is https://127.0.0.1:6443, which KubeFed cannot reach'
  refute changes
}

@test 'refuses to join a cluster under a second name' {
  rm "$WORLD"/*
  answer 'get kubefedclusters.core.kubefed.io' 0 <<<'former https://203.0.113.20:6443'
  apply
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'member has joined KubeFed as former'
  refute changes
}

@test 'asks before the first change only for registrations that this run does not create' {
  row 60-federation host host - apply host/10-foundation propagated kubefed - - - host member >>"$directory/plan.tsv"
  apply
  [ "$status" -eq 0 ]
  answer 'get kubefedcluster.core.kubefed.io/member' 1 <<<'not found'
  apply --from 60-federation
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'member has not joined KubeFed'
}

@test 'names the tools that are missing' {
  mkdir bin
  ln -s "$BATS_TEST_DIRNAME/support/bin/kubectl" bin/kubectl
  ln -s kubectl bin/istioctl
  PATH="$BATS_TEST_TMPDIR/bin:/usr/bin:/bin"
  apply
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'helm is not on the PATH'
  printf '%s\n' "${lines[@]}" | grep -F 'kubefedctl is not on the PATH'
}

@test '--dry-run and --diff name the chart to install and the clusters to join' {
  for mode in --dry-run --diff; do
    apply "$mode"
    printf '%s\n' "${lines[@]}" | grep -F 'helm would install kubefed 0.10.0'
    printf '%s\n' "${lines[@]}" | grep -F 'member would join as member'
  done
  refute grep -E '^(helm|kubefedctl) | patch kubefedcluster' "$RECORD"
}

@test 'installs charts from a registry, too' {
  apply
  grep -F 'helm upgrade --install istio-base oci://mirror.example/istio/charts/base --version=1.31.4 --namespace=istio-system' "$RECORD"
  refute grep -E 'helm upgrade.*--repo' "$RECORD"
  sed -i 's#oci://mirror.example/istio/charts#https://mirror.example/istio#; s#https://mirror.example/kubefed/charts#oci://mirror.example/kubefed#' "$directory/plan.tsv"
  apply
  grep -F 'helm upgrade --install istio-base base --repo=https://mirror.example/istio --version=1.31.4' "$RECORD"
  grep -F 'helm template kubefed oci://mirror.example/kubefed/kubefed --version=0.10.0' "$RECORD"
}
