# shellcheck shell=bash
# Installs KubeFed from its own chart. `helm install` fails: it applies the chart's settings before the webhook that checks them
# answers, and every further attempt makes another CA for the webhook (seen with Helm 4).
# shellcheck disable=SC2154 # read_args sets `args`, read_chart `chart`, kubefed_install `rendered`
# shellcheck source=../../state.sh
source "${BASH_SOURCE[0]%/*}/../../state.sh"

readonly engine_namespace=kube-federation-system
readonly engine_webhook=kubefed-admission-webhook engine_controller=kubefed-controller-manager

kubefed_install() {
  local args chart rendered cluster=${step_cluster[$1]}
  read_args "$1"
  if [[ $mode != apply ]]; then
    say "  helm would install ${args[0]} ${args[1]}"
    return 0
  fi
  if is_installed "$cluster" "${args[3]}"; then
    say "  ${args[0]} ${args[1]} is there, and its webhook answers"
    return 0
  fi
  read_chart "${args[@]:0:3}"
  apply_definitions "$cluster"
  # The chart is rendered once and not into a file, since it contains the key of the webhook's certificate.
  rendered=$(render_engine "${args[0]}" "${args[3]}" "${args[@]:4}")
  apply_webhook "$cluster"
  apply_engine "$cluster"
}

# Whether the last object of the chart exists, the webhook answers, and the pods run this image. A dry run asks the webhook.
is_installed() {
  local running images='{range .items[*]}{.spec.template.spec.containers[0].image} {.status.conditions[?(@.type=="Available")].status} {end}'
  ask "$1" --namespace="$engine_namespace" annotate kubefedconfig.core.kubefed.io/kubefed --overwrite --dry-run=server \
    mesh-federation/asked=yes >/dev/null 2>&1 || return 1
  running=$(ask "$1" --namespace="$engine_namespace" get deployment "$engine_webhook" "$engine_controller" --output="jsonpath=$images") ||
    return 1
  [[ $running == "$2 True $2 True " ]]
}

apply_definitions() {
  local definitions name
  definitions=$(helm show crds "${chart[@]}" |
    kube "$1" apply --server-side --field-manager="$field_manager" "${force[@]}" --filename=- --output=name)
  for name in $definitions; do
    wait_until "$1 does not serve ${name#*/}" is_established "$1" "${name#*/}"
  done
}

# Prints the objects of the chart. $1: the release; $2: the image with its tag; then pull secrets.
render_engine() {
  local part secret flags=() position=0
  for part in controller webhook; do
    flags+=(--set-string "controllermanager.$part.repository=${2%/*}" --set-string "controllermanager.$part.tag=${2##*:}")
  done
  for secret in "${@:3}"; do
    flags+=(--set-string "controllermanager.imagePullSecrets[$((position++))].name=$secret")
  done
  # The chart's hook would only repeat the settings, and needs another image.
  helm template "$1" "${chart[@]}" --namespace="$engine_namespace" --no-hooks "${flags[@]}"
}

apply_webhook() {
  local former
  former=$(ask "$1" --namespace="$engine_namespace" get deployment "$engine_webhook" --ignore-not-found --output=name)
  kube "$1" create namespace "$engine_namespace" --dry-run=client --output=yaml | server_side_apply "$1" --filename=-
  # No --namespace here: one of the objects is in kube-system.
  rendered_documents early | server_side_apply "$1" --filename=-
  if [[ -n $former ]]; then show kube "$1" --namespace="$engine_namespace" rollout restart "$former"; fi
  rolled_out "$1" "$engine_namespace" "$engine_webhook"
}

apply_engine() {
  wait_until "the webhook of KubeFed does not answer" engine_is_accepted "$1"
  rendered_documents late | server_side_apply "$1" --namespace="$engine_namespace" --filename=-
  rolled_out "$1" "$engine_namespace" "$engine_controller"
}

engine_is_accepted() {
  rendered_documents late | kube "$1" apply --server-side --field-manager="$field_manager" "${force[@]}" --dry-run=server \
    --namespace="$engine_namespace" --filename=-
}

# Prints the `early` or the `late` objects of the chart. The late ones are the settings, which the webhook checks, and the
# controller, which ends if it finds no settings.
rendered_documents() {
  # shellcheck disable=SC2016 # the dollars are awk's
  printf '%s\n' "$rendered" | awk -v wanted="$1" '
    function finish() {
      if (text != "" && time == wanted) printf "---\n%s", text
      text = ""
      time = "early"
    }
    BEGIN { time = "early" }
    /^---/ { finish(); next }
    /^apiVersion: core\.kubefed\.io\// || /^  name: kubefed-controller-manager$/ { time = "late" }
    { text = text $0 "\n" }
    END { finish() }'
}
