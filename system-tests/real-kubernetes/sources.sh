#!/bin/bash
# sources.sh [SOURCE...]: each source under the rights that the manifests give it, kubernetes.summary_api and kubernetes unless
# others are given: every pod of the kubelet's summary is in the model within two ticks, and with the summary's figures.
# The summary is taken every second by kubectl get --raw, beside the scraper; what the model has must be among its values, or at
# least between the smallest and the largest. It needs python3 and nothing running; it begins anew for each source.
# shellcheck source=settings.sh
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

[ $# -gt 0 ] || set -- kubernetes.summary_api kubernetes
failed=0
for source in "$@"; do
  overlay=processes
  [ "$source" = kubernetes.summary_api ] || overlay=processes-source-$source
  "$here/start.sh" "$overlay" >"$work/start.log" 2>&1 || die "no start with $source: $(tail -n 3 "$work/start.log")"
  shipped scraper
  may=$(k auth can-i create nodes --subresource=stats --as="system:serviceaccount:$namespace:heapster-scraper" 2>/dev/null || true)
  say "${arguments[0]}; the account may create nodes/stats: $may"
  rm -rf "$work/summaries"
  mkdir "$work/summaries"
  end=$((SECONDS + 4 * resolution + 5))
  number=100
  while [ $SECONDS -lt $end ]; do
    k get --raw /api/v1/nodes/node-1/proxy/stats/summary >"$work/summaries/$((number++)).json"
    sleep 0.7
  done
  # the last tick's nodes are read until its end
  sleep "$resolution"
  ask "$scraper/q/metrics" | grep '^heapster_kubelet_documents'
  on_node python3 "$here/sources.py" "$model" "$resolution" "$work/summaries" "$source" | tee "$work/sources-$source.txt" || failed=1
done
[ $failed = 0 ] || die "figures are missing or others"
