#!/bin/bash
# autoscale.sh metrics.k8s.io | heapster: an autoscaler that nobody here wrote scales shop/web by its processor use, which
# it has from the model, by one API or by the other. Needs start.sh.
# shellcheck source=settings.sh
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

way=${1:-}
[ "$way" = metrics.k8s.io ] || [ "$way" = heapster ] || die "usage: autoscale.sh metrics.k8s.io | heapster"
replicas() { k get deployment -n shop web -o jsonpath='{.status.readyReplicas}'; }
at_least() { [ "$(replicas)" -ge "$1" ]; }
only_one() { [ "$(k get pods -n shop -l app=web --no-headers | wc -l)" = 1 ]; }
clean() {
  k delete --ignore-not-found -f "$here/loader.yaml" -f "$REAL_KUBERNETES/manifests/hpa.yaml"
  if [ "$way" = heapster ]; then "$REAL_KUBERNETES/hpa-heapster.sh" off; fi
}

say "one web pod, and nobody to call it much"
k delete --ignore-not-found -f "$here/loader.yaml" -f "$REAL_KUBERNETES/manifests/hpa.yaml"
k scale deployment -n shop web --replicas=1
until_true 60 only_one || die "shop/web does not shrink to one pod"
trap clean EXIT
if [ "$way" = heapster ]; then "$REAL_KUBERNETES/hpa-heapster.sh" on 8082; fi
lines=$(wc -l <"$audit")

say "an autoscaler and a load"
pod=$(k get pods -n shop -l app=web -o jsonpath='{.items[0].status.podIP}')
sed "s/ADDRESS/$pod/" "$here/loader.yaml" | k apply -f "$REAL_KUBERNETES/manifests/hpa.yaml" -f -
begun=$SECONDS
grown=yes
until_true 360 at_least 2 || grown=no
say "$(replicas) web pods after $((SECONDS - begun)) s"
k describe hpa -n shop web
say "what the autoscaler asked for, in the API server's audit log"
asked=$(tail -n "+$lines" "$audit" | grep -F horizontal-pod-autoscaler | grep -o '"requestURI":"[^"]*\(metrics\.k8s\.io\|heapster\)[^"]*"' |
  sort | uniq -c | sort -rn | head -5)
echo "$asked"
[ "$grown" = yes ] || die "shop/web did not grow"
case $way in
  heapster) grep -q 'http:heapster:/proxy/apis/metrics/v1alpha1' <<<"$asked" || die "Heapster's own API was not asked" ;;
  *) grep -q 'apis/metrics.k8s.io/v1beta1' <<<"$asked" || die "metrics.k8s.io was not asked" ;;
esac
