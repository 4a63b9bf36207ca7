#!/bin/bash
# start.sh [OVERLAY]: a real cluster with pods in it, our manifests applied, and the three services as processes with their
# own accounts' tokens, the arguments of the manifests, a broker and an InfluxDB. OVERLAY: processes unless given, or
# processes-source-kubernetes.
# shellcheck source=settings.sh
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

overlay=${1:-processes}
[ -d "$here/overlays/$overlay" ] || die "there is no overlay $here/overlays/$overlay"
if ! k get nodes >/dev/null 2>&1; then
  "$REAL_KUBERNETES/up.sh"
fi
say "pods, and overlay $overlay"
k apply -f "$REAL_KUBERNETES/manifests/load.yaml" | tail -n 1
build "$here/overlays/$overlay" >"$work/$overlay.yaml"
k apply -f "$work/$overlay.yaml"
say "the certificate of metrics.k8s.io"
KUBECTL=$REAL_KUBERNETES/k "$root/deploy/kubernetes/metrics-api-certificate.sh" "$namespace" 30

say "a broker, an InfluxDB, a model, a sink, a scraper"
for name in scraper sink model influxdb broker; do end "$name"; done
rm -rf "$work/kafka" "$work/influxdb" "$work"/*.log
start_broker
start_influxdb
start_model
start_sink
until_true 90 ready || die "the model is not ready: see $work/model.log"
start_scraper
k wait --for=condition=Available --timeout=120s apiservice/v1beta1.metrics.k8s.io
