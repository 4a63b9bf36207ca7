#!/bin/bash
# start.sh: a real cluster with pods in it, the pipeline reading it, and the model registered as metrics.k8s.io.
# shellcheck source=settings.sh
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

if ! k get nodes >/dev/null 2>&1; then
  "$REAL_KUBERNETES/up.sh"
fi
say "accounts, pods, and the APIService v1beta1.metrics.k8s.io at $address:8443"
manifests=$REAL_KUBERNETES/manifests
k apply -f "$manifests/rbac.yaml" -f "$manifests/load.yaml"
sed "s/ADDRESS/$address/; s/PORT/8443/; s/CA_BUNDLE/$(base64 -w0 "$pki/ca.crt")/" "$manifests/metrics-api.yaml" |
  k apply -f -

if ! alive standalone; then
  say "a broker and a scraper"
  rm -rf "$work"/standalone.log "$work/data"
  run standalone heapster standalone --source=kubernetes: --metric_resolution=10s "--data_dir=$work/data" \
    --heapster_port=8081
  until_true 90 grep -q '^Kafka at ' "$work/standalone.log" || die "no broker: see $work/standalone.log"
  sed -n 's/^Kafka at \([^,]*\),.*/\1/p' "$work/standalone.log" >"$work/kafka"
fi
if ! alive model; then
  say "a model of its own process"
  rm -f "$work/model.log"
  start_model
fi
until_true 90 ready || die "the model is not ready: see $work/model.log"
k wait --for=condition=Available --timeout=120s apiservice/v1beta1.metrics.k8s.io
