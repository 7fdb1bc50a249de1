#!/usr/bin/env bats
# apply.sh calls recorders instead of kubectl, istioctl and helm. docs/testing.md: its tests on real clusters.

# shellcheck source=support/recorders.bash disable=SC2154 # bats finds it: the output's `directory` is from there
load support/recorders

# Users choose the names of directories: this one has quotes and a command that a shell would run.
setup() { set_up_recorders "it's \$(touch injected) \"here\""; }

teardown() { [ ! -e "$BATS_TEST_TMPDIR/injected" ] && [ ! -e "$BATS_TEST_TMPDIR/x" ]; }

apply() { run "$directory/apply.sh" "$@"; }

changes() { grep -E '(kubectl .*apply|istioctl install|helm upgrade)' "$RECORD"; }

# The calls that take a step. A call that writes the record of a cluster takes none.
steps_taken() { grep -vE -e ' --help$' -e 'kubectl --context=[^ ]+ apply [^ ]+ [^ ]+ --filename=-$' "$RECORD" | grep -E '(kubectl .*apply|istioctl install|helm upgrade|create-remote-secret)'; }

@test 'takes every step in the order of the plan' {
  apply --yes
  [ "$status" -eq 0 ]
  steps="$(tail -n +2 "$directory/plan.tsv" | cut -f 5 | grep -vc '^none$')"
  [ "$(steps_taken | wc -l)" -eq "$steps" ]
  mapfile -t said < <(printf '%s\n' "${lines[@]}" | grep -oE '^[0-9]{2}-[a-z-]+')
  [ "$(printf '%s\n' "${said[@]}")" = "$(printf '%s\n' "${said[@]}" | sort)" ]
  [[ "${lines[-1]}" == 'done in '* ]]
}

@test 'names the context in every call to a server, and never switches it' {
  apply --yes
  [ "$status" -eq 0 ]
  refute grep -vE -e ' --(kube-)?context=' -e '^istioctl version' -e ' --help$' "$RECORD"
  refute grep -E 'use-context|set-context|current-context' "$RECORD"
}

@test 'passes on a gateway address that the synth did not know' {
  apply --yes
  grep -F 'istioctl install --context=member' "$RECORD" | grep -F -- '--set values.global.remotePilotAddress=203.0.113.10'
}

@test 'finds its output when it is called from its own directory, whatever CDPATH says' {
  cd "$directory"
  CDPATH=/:.. run bash apply.sh --yes
  [ "$status" -eq 0 ]
  [[ "${lines[-1]}" == 'done in '* ]]
}

@test '--dry-run changes nothing' {
  apply --dry-run
  [ "$status" -eq 0 ]
  [ "$(changes | grep -vc -- --dry-run=server)" -eq 0 ]
  [ "$(changes | wc -l)" -gt 3 ]
  refute grep -E 'rollout|wait' "$RECORD"
}

@test '--dry-run goes on after a step that cannot be tried before an earlier one' {
  answer '--dry-run=server --kustomize=' 1 <<<'no matches for kind'
  apply --dry-run
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'cannot be tried before'
}

@test '--diff exits with 1 if something differs' {
  answer ' diff ' 1 <<<'+  name: new'
  apply --diff
  [ "$status" -eq 1 ]
  refute changes
}

@test '--force-conflicts is passed on, and is not the default' {
  apply --yes --from 70-workloads
  refute grep -F -- --force-conflicts "$RECORD"
  apply --yes --from 70-workloads --force-conflicts
  [ "$(grep -cE 'apply --server-side --field-manager=mesh-federation --force-conflicts --kustomize' "$RECORD")" -eq 2 ]
}

@test '--from and --only select the steps' {
  apply --yes --from 50-remote-gateways --only member
  [ "$status" -eq 0 ]
  [ "$(steps_taken | wc -l)" -eq 2 ]
  [ "$(changes | grep -vc -- --context=member)" -eq 0 ]
}

@test '--context sets the context of a cluster' {
  # shellcheck disable=SC2016 # nobody shall expand it
  apply --yes --context 'member=my  "member" $(touch x)'
  [ "$status" -eq 0 ]
  refute grep -F -- '--context=member ' "$RECORD"
  grep -F 'touch' "$RECORD"
}

@test 'reports all problems at once, before the first change' {
  answer 'context=member --request-timeout=30s get namespace kube-system' 1 <<<'connection refused'
  answer 'context=host --request-timeout=30s auth can-i' 1 <<<'no'
  apply --yes
  [ "$status" -eq 1 ]
  [ "${lines[1]}" = 'error: 2 problems, nothing was changed' ]
  refute changes
}

@test 'refuses a context that leads to another cluster, and two contexts that lead to one cluster' {
  answer ' get namespace kube-system ' 0 <<<'one-uid'
  apply --yes
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'are one cluster'
  sed -i $'2,$s/\t-\tnone/\tpinned\tnone/' "$directory/plan.tsv"
  sed -i $'s/\t-\tapply/\tpinned\tapply/; s/\t-\tistioctl/\tpinned\tistioctl/; s/\t-\tremote/\tpinned\tremote/' "$directory/plan.tsv"
  apply --yes
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'expected pinned'
  refute changes
}

@test 'refuses a cluster that the engine does not know, does not reach, or knows twice' {
  answer 'kubefedcluster.core.kubefed.io/host' 1 <<<'Error from server (NotFound): kubefedclusters "host" not found'
  answer 'kubefedcluster.core.kubefed.io/member' 0 <<<'False https://203.0.113.20:6443'
  apply --yes
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'host has not joined KubeFed: Error from server (NotFound)'
  printf '%s\n' "${lines[@]}" | grep -F 'KubeFed does not reach member: its condition Ready is False'
  rm "$WORLD"/*
  answer 'kubefedcluster.core.kubefed.io/' 0 <<<'True https://203.0.113.20:6443'
  apply --yes
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'are one API server for KubeFed'
  refute changes
}

@test 'refuses a Kubernetes on which this Istio is not supported' {
  answer 'get --raw /version' 0 <<<'{"gitVersion": "v1.20.15"}'
  apply --yes
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'Kubernetes is v1.20.15, Istio is supported on 1.32 to 1.36'
  refute changes
}

@test 'refuses an istioctl of another version' {
  answer 'istioctl version' 0 <<<'client version: 1.30.0'
  apply --yes
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'the plan is for 1.31.4'
}

@test 'stops after the namespaces if there is no Secret cacerts, and says how to go on' {
  answer 'get secret cacerts' 1 <<<'not found'
  apply --yes --timeout 60
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'there is no Secret istio-system/cacerts'
  [ "${lines[-1]}" = '  go on with: ./apply.sh --yes --timeout 60 --from 10-foundation' ]
}

@test 'creates the Secret cacerts from a directory, without the key in any argument' {
  for cluster in host member; do
    mkdir -p "$BATS_TEST_TMPDIR/ca/$cluster"
    for file in ca-cert ca-key root-cert cert-chain; do echo secret-of-$cluster >"$BATS_TEST_TMPDIR/ca/$cluster/$file.pem"; done
  done
  apply --yes --cacerts "$BATS_TEST_TMPDIR/ca"
  [ "$status" -eq 0 ]
  [ "$(grep -c 'create secret generic cacerts' "$RECORD")" -eq 2 ]
  refute grep -F secret-of "$RECORD"
}

@test 'refuses a remote secret whose API server only this machine can reach' {
  answer '{.clusters[0].cluster.server}' 0 <<<'https://127.0.0.1:6443'
  apply --yes
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'which no other cluster can reach'
}

@test 'stops if the gateway does not have the address that the plan expects' {
  sed -i -E $'s/(\tgateway-address-known\t.*)\t-$/\\1\t203.0.113.99/' "$directory/plan.tsv"
  apply --yes
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'is 203.0.113.10, expected 203.0.113.99'
}

@test 'changes nothing without --yes if nobody can confirm' {
  run "$directory/apply.sh" </dev/null
  [ "$status" -eq 2 ]
  [[ "${lines[*]}" == *'add --yes'* ]]
  refute changes
}

@test 'refuses options and values that it does not know' {
  for words in '--frmo 40-remote' '--from 41-nothing' '--only nobody' '--timeout soon' '--context x'; do
    # shellcheck disable=SC2086 # two words
    apply --yes $words
    [ "$status" -eq 2 ]
  done
  refute changes
}

@test '--help names every option' {
  apply --help
  [ "$status" -eq 0 ]
  for option in dry-run diff from only context cacerts timeout yes help; do [[ "${lines[*]}" == *"--$option"* ]]; done
}

@test 'takes the steps of the tutorial with the tools of that time' {
  rm -rf "$directory"
  (cd "$BATS_TEST_DIRNAME/../.." && FEDERATION=examples/tutorial.yaml CDK8S_OUTDIR="$directory" npm run --silent synth)
  answer 'istioctl version' 0 <<<'1.7.2'
  answer 'get --raw /version' 0 <<<'{"gitVersion": "v1.18.20"}'
  answer 'istioctl create-remote-secret' 1 <<<'unknown command'
  answer 'istioctl remote-clusters' 1 <<<'unknown command'
  mkdir -p ca/host
  for file in ca-cert ca-key root-cert cert-chain; do echo secret-of-host >"ca/host/$file.pem"; done
  apply --yes --cacerts ca
  [ "$status" -eq 0 ]
  grep -F 'istioctl x create-remote-secret' "$RECORD"
  grep -F FederatedSecret "$RECORD"
  [ "$(grep -c 'get secret/cacerts --namespace=istio-system' "$RECORD")" -eq 2 ]
  refute grep -F secret-of "$RECORD"
}

@test 'waits until Karmada has delivered everything to every cluster of the placement' {
  rm -rf "$directory"
  (cd "$BATS_TEST_DIRNAME/../.." && FEDERATION=examples/karmada.yaml CDK8S_OUTDIR="$directory" npm run --silent synth)
  apply --yes --only federation
  [ "$status" -eq 0 ]
  grep -F -- '--context=karmada-apiserver' "$RECORD" | grep -F -- federation/60-federation
  grep -F 'get clusterresourcebinding.work.karmada.io/sample-namespace' "$RECORD"
  grep -F 'get resourcebinding.work.karmada.io/helloworld-deployment --namespace=sample' "$RECORD"
  # Karmada has left out a cluster.
  answer 'schedulerObservedGeneration' 0 <<<'3=3;True;host;host member'
  apply --yes --only federation --timeout 1
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'Karmada has not delivered'
}

@test 'waits until the API servers serve the kinds, and KubeFed watches its own' {
  rm -rf "$directory"
  (cd "$BATS_TEST_DIRNAME/../.." && FEDERATION=examples/shop.yaml CDK8S_OUTDIR="$directory" npm run --silent synth)
  apply --yes
  [ "$status" -eq 0 ]
  [ "$(grep -c 'get customresourcedefinition/promotions.shop.example' "$RECORD")" -eq 2 ]
  grep -F 'wait --for=jsonpath=\{.status.propagationController\}=Running federatedtypeconfig/cronjobs.batch' "$RECORD"
  answer 'customresourcedefinition/promotions.shop.example' 0 <<<''
  apply --yes --timeout 1
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'host does not serve promotions.shop.example'
}
