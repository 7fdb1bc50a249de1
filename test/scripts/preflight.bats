#!/usr/bin/env bats
# apply.sh checks the clusters before its first change. Recorders stand in for the clusters.

# shellcheck source=support/recorders.bash disable=SC2154 # bats finds it: the output's `directory` is from there
load support/recorders
setup() { set_up_recorders; }

apply() { run "$directory/apply.sh" --yes "$@"; }

said() { printf '%s\n' "${lines[@]}"; }

# Checks that the run ended in the preflight. $1: the number of problems that it reported.
refused() {
  [ "$status" -eq 1 ]
  said | grep -F "error: $1 problem"
  refute grep -E '^(kubectl --context=[^ ]+ (--namespace=[^ ]+ )?(apply|create)|istioctl install|helm upgrade) ' "$RECORD"
}

# Creates a root certificate. $1: its file.
make_root() { openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=root -keyout /dev/null -out "$1" 2>/dev/null; }

fingerprint() { openssl x509 -in "$1" -noout -fingerprint -sha256 | cut -d = -f 2 | tr -d : | tr A-F a-f; }

# Creates a directory for --cacerts, `ca`, with this root for both clusters.
make_cacerts() {
  for cluster in host member; do
    mkdir -p "ca/$cluster"
    for file in ca-cert ca-key cert-chain; do echo any >"ca/$cluster/$file.pem"; done
    cp "$1" "ca/$cluster/root-cert.pem"
  done
}

# Puts a fingerprint of the host's root into the plan, as the lock would.
lock_root() { sed -i $'2s/\tactive\t-/\tactive\t'"$1/" "$directory/plan.tsv"; }

cluster_has_root() { answer "context=$1 --request-timeout=30s --namespace=istio-system get secret cacerts --output=go-template" 0 <"$2"; }

@test 'names the kinds that a cluster will not serve when their step comes, and how to get them' {
  grep -v kubefed "$BATS_TEST_DIRNAME/support/api-resources.txt" >known
  answer api-resources 0 <known
  apply
  refused 1
  said | grep -F 'host does not serve what 60-federation applies, and no step before it brings it: FederatedDeployment FederatedNamespace FederatedService of types.kubefed.io'
  said | grep -F 'fix: install KubeFed and join the clusters'
}

@test "requires Istio's kinds only in a run that does not install Istio" {
  apply
  [ "$status" -eq 0 ]
  : >"$RECORD"
  apply --from 30-gateways --only host
  refused 1
  said | grep -F 'host does not serve what 30-gateways applies, and no step before it brings it: Gateway VirtualService of networking.istio.io'
}

@test 'reads the kinds of a kubectl before 1.20, too' {
  sed -e 's/APIVERSION/APIGROUP  /' -e 's/ v1  /     /' -e 's,/v[0-9a-z]* ,  ,' "$BATS_TEST_DIRNAME/support/api-resources.txt" >known
  grep -E '^services +svc +true +Service$' known
  answer api-resources 0 <known
  apply
  [ "$status" -eq 0 ]
}

@test 'checks each right that the steps need if the user is no administrator' {
  answer 'auth can-i * *' 1 <<<no
  apply
  [ "$status" -eq 0 ]
  for right in 'create namespaces' 'patch deployments.apps --namespace=istio-system' 'patch configmaps --namespace=kube-system' \
    'patch customresourcedefinitions.apiextensions.k8s.io' 'create secrets --namespace=istio-system' 'patch federateddeployments.types.kubefed.io --namespace=sample'; do
    grep -E -- "context=host .*auth can-i $right\$" "$RECORD"
  done
  # The names of Istio's kinds in URLs are unknown until the API server serves them.
  refute grep -E 'can-i [a-z]+ (gateways|virtualservices)' "$RECORD"
  [ "$(grep 'auth can-i' "$RECORD" | sort | uniq -d | wc -l)" -eq 0 ]
}

@test 'names every missing right, cluster by cluster' {
  answer 'auth can-i * *' 1 <<<no
  answer 'context=member --request-timeout=30s auth can-i patch deployments.apps --namespace=istio-system' 1 <<<no
  answer 'context=member --request-timeout=30s auth can-i create namespaces' 1 <<<no
  apply
  refused 1
  said | grep -F 'member: context member has no permission to'
  said | grep -x '      patch deployments.apps in istio-system'
  said | grep -x '      create namespaces'
}

@test 'needs no right in a cluster without a step in this run' {
  answer 'context=host --request-timeout=30s auth can-i' 1 <<<no
  apply --only member --from 70-workloads
  [ "$status" -eq 0 ]
}

@test 'warns of a host with little capacity, and goes on' {
  answer '.status.allocatable.' 0 <<<$'True 1930m 3906252Ki\nFalse 8 32Gi\nTrue 1 1Gi\nTrue ; a[0$(touch injected)]'
  apply
  [ "$status" -eq 0 ]
  said | grep -xF 'warning: host: its Ready nodes have 2.9 cores and 4.7 GiB for pods; 4 cores and 8 GiB are recommended'
  refute grep -E 'context=member .* get nodes' "$RECORD"
  [ ! -e injected ]
}

@test 'does not warn of a host with enough capacity' {
  apply
  refute grep -F warning: <<<"${lines[*]}"
}

@test 'refuses two clusters with two roots, and names both fingerprints' {
  make_root one.pem
  make_root other.pem
  cluster_has_root host one.pem
  cluster_has_root member other.pem
  apply
  refused 1
  said | grep -F 'there are 2 root certificates'
  [ "$(said | grep -A 1 -xF "      $(fingerprint one.pem)" | tail -n 1)" = '        host, Secret istio-system/cacerts' ]
  [ "$(said | grep -A 1 -xF "      $(fingerprint other.pem)" | tail -n 1)" = '        member, Secret istio-system/cacerts' ]
}

@test 'refuses a directory whose root is not that of the clusters or of the lock' {
  make_root one.pem
  make_root other.pem
  make_cacerts other.pem
  cluster_has_root host one.pem
  apply --cacerts ca
  refused 1
  said | grep -xF '        ca/member/root-cert.pem'
  rm "$WORLD"/*
  lock_root "$(fingerprint one.pem)"
  apply --cacerts ca
  refused 1
  said | grep -xF '        the lock, host'
  lock_root "$(fingerprint other.pem)"
  sed -i "s/$(fingerprint one.pem)/$(fingerprint other.pem)/" "$directory/plan.tsv"
  apply --cacerts ca
  [ "$status" -eq 0 ]
}

@test 'finds the same fingerprints without openssl' {
  make_root one.pem
  make_root other.pem
  cluster_has_root host one.pem
  cluster_has_root member other.pem
  mkdir tools
  for tool in bash env awk sed sort cat head tail base64 sha256sum cksum cut; do ln -s "$(command -v "$tool")" tools/; done
  wanted="$(fingerprint one.pem)"
  PATH="$BATS_TEST_DIRNAME/support/bin:$BATS_TEST_TMPDIR/tools" apply
  refused 1
  said | grep -xF "      $wanted"
}

@test 'names every file that is missing in the directory' {
  make_root one.pem
  make_cacerts one.pem
  rm ca/host/ca-key.pem ca/member/root-cert.pem
  apply --cacerts ca
  refused 2
  said | grep -F 'host: there is no ca/host/ca-key.pem, or it cannot be read'
  said | grep -F 'member: there is no ca/member/root-cert.pem, or it cannot be read'
}

@test 'refuses to install Istio without cacerts in a run that starts after the wave of cacerts' {
  answer 'get secret cacerts' 1 <<<'not found'
  apply --from 20-control-plane
  refused 2
  said | grep -F 'host: there is no Secret istio-system/cacerts, and no step of this run creates it'
}

@test 'refuses a gateway whose address changed, even in a run without its step' {
  sed -i -E $'s/(\tgateway-address-known\t.*)\t-$/\\1\t203.0.113.99/' "$directory/plan.tsv"
  apply --from 70-workloads
  refused 2
  said | grep -F 'member: the address of its gateway is 203.0.113.10, expected 203.0.113.99'
}

@test 'warns of a gateway without an address, which it may still get' {
  sed -i -E $'s/(\tgateway-address-known\t.*)\t-$/\\1\t203.0.113.99/' "$directory/plan.tsv"
  answer .status.loadBalancer 0 <<<''
  apply --from 70-workloads
  [ "$status" -eq 0 ]
  said | grep -F 'warning: member: its gateway has no address, expected 203.0.113.99'
}

@test "refuses to go on without Istio's webhook, unless this run brings it back" {
  answer 'context=member --request-timeout=30s get mutatingwebhookconfiguration' 0 <<<''
  apply --from 60-federation
  refused 1
  said | grep -F "member: Istio's webhook istio-sidecar-injector is missing, and pods would start without sidecars"
  rm "$WORLD"/*
  answer 'context=member --request-timeout=30s get mutatingwebhookconfiguration/istio-sidecar-injector --ignore-not-found' 0 <<<''
  apply
  [ "$status" -eq 0 ]
  said | grep -F 'warning: member: Istio'
}

@test 'refuses a member that KubeFed reports as Offline, without the condition Ready' {
  answer 'kubefedcluster.core.kubefed.io/member' 0 <<<'= https://203.0.113.20:6443'
  answer 'kubefedcluster.core.kubefed.io/host' 0 <<<'=True https://203.0.113.20:6443'
  apply
  refused 2
  said | grep -F 'KubeFed does not reach member: its condition Ready is unknown'
  said | grep -F 'member and host are one API server for KubeFed, https://203.0.113.20:6443'
}

@test 'checks everything else if one cluster does not answer' {
  answer 'context=member --request-timeout=30s get namespace kube-system' 1 <<<'connection refused'
  answer 'kubefedcluster.core.kubefed.io/member' 0 <<<'False https://203.0.113.20:6443'
  answer 'get --raw /version' 0 <<<'{"gitVersion": "v1.20.15"}'
  apply
  refused 3
  refute grep -vE 'get namespace kube-system' <(grep context=member "$RECORD")
}

@test 'shows the control characters in the answer of a server instead of passing them on' {
  answer 'context=host --request-timeout=30s get namespace kube-system' 1 <<<$'first\n\e]0;title\a\e[2Jgone \x9b'
  answer 'context=member --request-timeout=30s get namespace kube-system' 0 <<<'@'
  apply
  refused 2
  refute grep -F $'\e' <<<"$output"
  said | grep -F 'context host does not answer: ?]0;title??[2Jgone'
  said | grep -F 'context member does not answer with a UID: @'
}
