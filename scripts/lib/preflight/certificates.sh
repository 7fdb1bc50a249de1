# shellcheck shell=bash
# Root certificates, identified by the sha256 of their DER encoding. No key is read here.
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

# The root in Secret istio-system/cacerts of a cluster; empty if there is none.
root_fingerprint() {
  local pem
  pem=$(ask "$1" --namespace=istio-system get secret cacerts --output='go-template={{index .data "root-cert.pem" | base64decode}}' 2>/dev/null) ||
    return 0
  certificate_fingerprint <<<"$pem"
}

# The fingerprint of the first certificate on stdin, if there is one.
certificate_fingerprint() {
  local encoded fingerprint
  if command -v openssl >/dev/null; then
    fingerprint=$(openssl x509 -noout -fingerprint -sha256 2>/dev/null) || return 0
    fingerprint=${fingerprint##*=}
    fingerprint=${fingerprint//:/}
    printf '%s' "${fingerprint,,}"
    return 0
  fi
  # Without openssl: the sha256 of the decoded certificate is the same fingerprint.
  encoded=$(sed -n '/BEGIN CERTIFICATE/,/END CERTIFICATE/{/-----/!p;/END/q;}')
  [[ -n $encoded ]] || return 0
  fingerprint=$(base64 --decode <<<"$encoded" 2>/dev/null | sha256sum 2>/dev/null) || return 0
  printf '%s' "${fingerprint%% *}"
}
