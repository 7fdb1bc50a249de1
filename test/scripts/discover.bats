#!/usr/bin/env bats
# discover.sh calls recorders instead of kubectl.

# shellcheck source=support/recorders.bash disable=SC2154 # bats finds it: the output's `directory` is from there
load support/recorders
setup() { set_up_recorders; }

@test 'writes the known facts of each cluster' {
  run "$directory/discover.sh" 'a lock.yaml'
  [ "$status" -eq 0 ]
  [ "$(cat 'a lock.yaml')" = '# Observed by discover.sh; do not edit.
clusters:
  host:
    uid: "10625018-0000-4000-8000-000000000000"
    kubernetesVersion: "v1.34.4"
    gatewayAddress: "203.0.113.10"
  member:
    uid: "43f55a35-0000-4000-8000-000000000000"
    kubernetesVersion: "v1.34.4"
    gatewayAddress: "203.0.113.10"' ]
}

@test 'changes nothing' {
  run "$directory/discover.sh" a.lock.yaml
  refute grep -vE ' get | config view ' "$RECORD"
}

@test 'writes the sha256 of the root certificate if there is one' {
  openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=root -keyout key.pem -out root.pem 2>/dev/null
  answer 'get secret cacerts' 0 <root.pem
  run "$directory/discover.sh" a.lock.yaml
  wanted="$(openssl x509 -in root.pem -noout -fingerprint -sha256 | cut -d = -f 2 | tr -d : | tr A-F a-f)"
  [ "$(grep -c "rootFingerprint: \"$wanted\"" a.lock.yaml)" -eq 2 ]
}

@test 'leaves out an answer that does not look like a fact' {
  answer '.status.loadBalancer' 0 <<<'" evil: yes'
  answer 'get --raw /version' 0 <<<'<html>'
  run "$directory/discover.sh" a.lock.yaml
  [ "$status" -eq 0 ]
  refute grep -E 'evil|html|kubernetesVersion' a.lock.yaml
}

@test 'keeps the former lock if one cluster does not answer' {
  echo former >a.lock.yaml
  answer 'context=member' 1 <<<'connection refused'
  run "$directory/discover.sh" a.lock.yaml
  [ "$status" -eq 1 ]
  [[ "${lines[*]}" == *'connection refused'*'--context member=CONTEXT'* ]]
  [ "$(cat a.lock.yaml)" = former ]
}

@test 'asks for the file to write' {
  run "$directory/discover.sh"
  [ "$status" -eq 2 ]
  run "$directory/discover.sh" a b
  [ "$status" -eq 2 ]
  run "$directory/discover.sh" --lock
  [ "$status" -eq 2 ]
}
