#!/usr/bin/env bats
# What apply.sh tells kubectl, istioctl and helm, with recorders in their place. Real clusters: docs/testing.md.

# shellcheck source=support/recorders.bash disable=SC2154 # bats finds it: the output's `directory` is from there
load support/recorders

# Quotes and what a shell would run: names of directories are not ours to choose.
setup() { set_up_recorders "it's \$(touch injected) \"here\""; }

teardown() { [ ! -e "$BATS_TEST_TMPDIR/injected" ] && [ ! -e "$BATS_TEST_TMPDIR/x" ]; }

apply() { run "$directory/apply.sh" "$@"; }

changes() { grep -E '(kubectl .*apply|istioctl install|helm upgrade)' "$RECORD"; }

# Those that are not about the record of what was applied.
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

@test 'hands the address over that nobody knew before' {
  apply --yes
  grep -F 'istioctl install --context=member' "$RECORD" | grep -F -- '--set values.global.remotePilotAddress=203.0.113.10'
}

@test 'is found from its own directory, too, wherever cd looks' {
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

@test '--dry-run goes on where an earlier step would have to be taken first' {
  answer '--dry-run=server --kustomize=' 1 <<<'no matches for kind'
  apply --dry-run
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'cannot be tried before'
}

@test '--diff ends with 1 where something differs' {
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

@test '--from and --only take the steps they say' {
  apply --yes --from 50-remote-gateways --only member
  [ "$status" -eq 0 ]
  [ "$(steps_taken | wc -l)" -eq 2 ]
  [ "$(changes | grep -vc -- --context=member)" -eq 0 ]
}

@test '--context says which context a cluster is here' {
  # shellcheck disable=SC2016 # nobody shall expand it
  apply --yes --context 'member=my  "member" $(touch x)'
  [ "$status" -eq 0 ]
  refute grep -F -- '--context=member ' "$RECORD"
  grep -F 'touch' "$RECORD"
}

@test 'tells all problems at once, before the first change' {
  answer 'context=member --request-timeout=30s get namespace kube-system' 1 <<<'connection refused'
  answer 'context=host --request-timeout=30s auth can-i' 1 <<<'no'
  apply --yes
  [ "$status" -eq 1 ]
  [ "${lines[1]}" = 'error: 2 problems, nothing was changed' ]
  refute changes
}

@test 'refuses a context that is another cluster, and two that are one' {
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
  printf '%s\n' "${lines[@]}" | grep -F 'KubeFed does not reach member: its Ready is False'
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

@test 'without cacerts it stops after the namespaces, and says how to go on' {
  answer 'get secret cacerts' 1 <<<'not found'
  apply --yes --timeout 60
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'there is no Secret istio-system/cacerts'
  [ "${lines[-1]}" = '  go on with: ./apply.sh --yes --timeout 60 --from 10-foundation' ]
}

@test 'makes cacerts from a directory, without the key in any argument' {
  for cluster in host member; do
    mkdir -p "$BATS_TEST_TMPDIR/ca/$cluster"
    for file in ca-cert ca-key root-cert cert-chain; do echo secret-of-$cluster >"$BATS_TEST_TMPDIR/ca/$cluster/$file.pem"; done
  done
  apply --yes --cacerts "$BATS_TEST_TMPDIR/ca"
  [ "$status" -eq 0 ]
  [ "$(grep -c 'create secret generic cacerts' "$RECORD")" -eq 2 ]
  refute grep -F secret-of "$RECORD"
}

@test 'refuses a remote secret whose server only this machine reaches' {
  answer '{.clusters[0].cluster.server}' 0 <<<'https://127.0.0.1:6443'
  apply --yes
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'which no other cluster can reach'
}

@test 'stops where the gateway has another address than the plan expects' {
  sed -i -E $'s/(\tgateway-address-known\t.*)\t-$/\\1\t203.0.113.99/' "$directory/plan.tsv"
  apply --yes
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'is 203.0.113.10, expected 203.0.113.99'
}

@test 'asks, and takes no for an answer where nobody is there' {
  run "$directory/apply.sh" </dev/null
  [ "$status" -eq 2 ]
  [[ "${lines[*]}" == *'add --yes'* ]]
  refute changes
}

@test 'understands nothing that it does not know' {
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

@test 'takes the steps of the tutorial with the tools of its time' {
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

@test 'with Karmada it goes on when every cluster that is named has everything' {
  rm -rf "$directory"
  (cd "$BATS_TEST_DIRNAME/../.." && FEDERATION=examples/karmada.yaml CDK8S_OUTDIR="$directory" npm run --silent synth)
  apply --yes --only federation
  [ "$status" -eq 0 ]
  grep -F -- '--context=karmada-apiserver' "$RECORD" | grep -F -- federation/60-federation
  grep -F 'get clusterresourcebinding.work.karmada.io/sample-namespace' "$RECORD"
  grep -F 'get resourcebinding.work.karmada.io/helloworld-deployment --namespace=sample' "$RECORD"
  # A cluster that Karmada has left out.
  answer 'schedulerObservedGeneration' 0 <<<'3=3;True;host;host member'
  apply --yes --only federation --timeout 1
  [ "$status" -eq 1 ]
  printf '%s\n' "${lines[@]}" | grep -F 'Karmada has not delivered'
}

@test 'waits until kinds are served, and KubeFed watches its own' {
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
