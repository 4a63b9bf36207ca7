#!/bin/bash
# overlays.sh [OVERLAY...]: every overlay of deploy/kubernetes, built by kubectl kustomize, is taken by the API server: by
# --dry-run=server, then for real, then once more without a change, then away with it. Needs a cluster; ends what start.sh
# began, whose namespace it uses.
#
# Kinds of operators' (cert-manager, Prometheus, Strimzi) are there as stubs without a schema (stub-crds.yaml), and what 1.20 has
# not yet is translated (kubernetes-1.20). Pods come as far as their images, which no registry here has.
# shellcheck source=settings.sh
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

[ $# -gt 0 ] || set -- quickstart kube-system-heapster production gcp
if ! k get nodes >/dev/null 2>&1; then
  "$REAL_KUBERNETES/up.sh"
fi
for name in scraper sink model influxdb broker; do end "$name"; done
# The names of what a run of kubectl apply said, by what became of them.
summary() { sed -E 's/ \(server dry run\)$//' "$1" | awk '{ print $NF }' | sort | uniq -c | tr '\n' ' '; }
gone_away() { ! k get namespace "$namespace"; }
fresh() {
  # A namespace does not go while an API is away.
  k delete apiservice v1beta1.metrics.k8s.io --ignore-not-found >/dev/null
  k delete namespace "$namespace" --ignore-not-found --wait=false >/dev/null 2>&1
  until_true 90 gone_away || die "namespace $namespace stays"
}

k apply -f "$here/stub-crds.yaml" >/dev/null
k wait --for=condition=Established --timeout=30s -f "$here/stub-crds.yaml" >/dev/null
build "$root/deploy/kubernetes/kafka-topics-strimzi" >"$work/topics.yaml"
k apply --dry-run=server -f "$work/topics.yaml" >"$work/topics.dry"
k apply -f "$work/topics.yaml" >"$work/topics.real"
printf '%-22s dry run: %s  for real: %s\n' kafka-topics-strimzi "$(summary "$work/topics.dry")" "$(summary "$work/topics.real")"
k delete -f "$work/topics.yaml" >/dev/null

for overlay in "$@"; do
  fresh
  build "$here/overlays/$overlay" >"$work/$overlay.yaml"
  # A dry run makes no namespace for the other objects to be in.
  if grep -q "^  namespace: $namespace$" "$work/$overlay.yaml"; then k create namespace "$namespace" >/dev/null; fi
  k apply --dry-run=server -f "$work/$overlay.yaml" >"$work/$overlay.dry" 2>"$work/$overlay.err" || die "$overlay: $(cat "$work/$overlay.err")"
  fresh
  k apply -f "$work/$overlay.yaml" >"$work/$overlay.real" 2>"$work/$overlay.err" || die "$overlay: $(cat "$work/$overlay.err")"
  k apply -f "$work/$overlay.yaml" >"$work/$overlay.again" 2>"$work/$overlay.err" || die "$overlay: $(cat "$work/$overlay.err")"
  printf '%-22s dry run: %s  for real: %s  again: %s\n' "$overlay" "$(summary "$work/$overlay.dry")" \
    "$(summary "$work/$overlay.real")" "$(summary "$work/$overlay.again")"
  refused=$(k get events -A -o jsonpath='{range .items[*]}{.reason}: {.message}{"\n"}{end}' | grep -E '^FailedCreate:' || true)
  [ -z "$refused" ] || die "$overlay: $refused"
  k delete --wait=false -f "$work/$overlay.yaml" >/dev/null 2>&1 || true
done
fresh
