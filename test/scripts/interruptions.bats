#!/usr/bin/env bats
# Stops apply.sh at any point and runs it again. The recorders keep what they are
# told, as servers would: test/scripts/support/servers.bash.

# shellcheck source=support/recorders.bash disable=SC2154 # bats finds it: the output's `directory` is from there
load support/recorders

# The run does everything that a run can do: it creates cacerts from a directory and prunes objects of an earlier output.
setup() {
  set_up_recorders
  mkdir former
  for cluster in host member; do
    row 70-workloads apps Deployment sample former >"former/$cluster.record"
    : >"former/$cluster.Deployment.apps.former"
    mkdir -p "ca/$cluster"
    for file in ca-cert ca-key root-cert cert-chain; do echo any >"ca/$cluster/$file.pem"; done
  done
  apply=("$directory/apply.sh" --yes --prune --timeout 1 --cacerts ca)
  cp -R former wanted
  SERVERS=$BATS_TEST_TMPDIR/wanted "${apply[@]}" 2>whole
  mv "$RECORD" calls
}

teardown() { [ ! -e injected ]; }

# Interrupts one run at each call. $1: the interruption; the numbers of the calls are on stdin.
interrupt_at_each() { xargs -P 2 -I '{}' "$BATS_TEST_DIRNAME/support/interrupt.bash" "$1" '{}' "${apply[@]}"; }

# The numbers of the calls in which steps change something.
changes() { grep -nE -- ' --kustomize=|^istioctl install|^istioctl create-remote-secret --context| delete ' calls | cut -d : -f 1; }

# Checks that every run stopped in a step and named the reason, the step and the command to go on with. $1: the exit
# status; $2: the reason; the numbers of the calls are on stdin.
said_how_to_go_on() {
  while read -r call; do
    [ "$(cat "$call/status")" -eq "$1" ]
    grep -F "$2" "$call/said"
    grep -E '^stopped in (wave [0-9]{2}-[a-z-]+|--prune) on cluster (host|member)$' "$call/said"
    [ "$(tail -n 1 "$call/said" | grep -cE '^  go on with: \./apply\.sh --yes --prune --timeout 1 --cacerts ca --from [0-9]{2}-')" -eq 1 ]
  done
}

@test 'a run without an interruption takes every step' {
  [ "$(changes | wc -l)" -eq "$(($(grep -cE $'\t(apply|istioctl-install|remote-secret)\t' "$directory/plan.tsv") + 2))" ]
  [ "$(find wanted -name '*.former' | wc -l)" -eq 0 ]
  [ "$(find wanted -name '*.cacerts' | wc -l)" -eq 2 ]
  refute grep -F former wanted/host.record
  # A second run changes nothing.
  cp -R wanted again
  SERVERS=$BATS_TEST_TMPDIR/again "${apply[@]}"
  diff -r wanted again
}

@test 'after a kill at any call, a second run leaves the servers as one whole run does' {
  seq "$(wc -l <calls)" | interrupt_at_each KILL
  # Every run was killed, and each change left another state on the servers.
  [ "$(cat ./*/status | sort -u)" -eq 137 ]
  [ "$(find . -name 'state *' | wc -l)" -gt "$(changes | wc -l)" ]
}

@test 'after Ctrl-C in any step, apply.sh says how to go on, and going on leaves the servers as one whole run does' {
  changes | interrupt_at_each INT
  changes | said_how_to_go_on 130 interrupted
}

@test 'if a server vanishes in a step, apply.sh says how to go on, and going on leaves the servers as one whole run does' {
  refusal='The connection to the server 203.0.113.20:6443 was refused - did you specify the right host or port?'
  changes | sed -n 'p;n' | interrupt_at_each "$refusal"
  changes | sed -n 'p;n' | said_how_to_go_on 1 "$refusal"
}

@test 'if a token expires before a step, apply.sh says how to go on, and going on leaves the servers as one whole run does' {
  refusal='error: You must be logged in to the server (Unauthorized)'
  changes | sed -n 'n;p' | interrupt_at_each "$refusal"
  changes | sed -n 'n;p' | said_how_to_go_on 1 "$refusal"
}

@test 'a wait that times out shows the answer of the server' {
  gate="$(grep -nF observedGeneration calls | head -n 1 | cut -d : -f 1)"
  refusal='error: You must be logged in to the server (Unauthorized)'
  echo "$gate" | interrupt_at_each "$refusal"
  echo "$gate" | said_how_to_go_on 1 "error: waited 1 s: FederatedNamespace sample is not propagated: $refusal"
}

@test 'Ctrl-C in the preflight changes nothing' {
  cp -R former servers
  INTERRUPTION=INT AT=5 SERVERS=$BATS_TEST_TMPDIR/servers run env --default-signal=INT setsid --wait "${apply[@]}"
  [ "$status" -eq 130 ]
  [ "$output" = $'00-preflight\ninterrupted' ]
  diff -r former servers
}

@test 'the step of a gateway stops if the gateway gets an address that the plan does not expect' {
  sed -i -E $'s/(\tgateway-address-known\t.*)\t-$/\\1\t203.0.113.99/' "$directory/plan.tsv"
  cp -R former servers
  SERVERS=$BATS_TEST_TMPDIR/servers run "${apply[@]}"
  [ "$status" -eq 1 ]
  [[ "$output" == *'host: the address of the gateway is 203.0.113.10, expected 203.0.113.99'* ]]
  [[ "$output" == *'stopped in wave 30-gateways on cluster host'* ]]
}
