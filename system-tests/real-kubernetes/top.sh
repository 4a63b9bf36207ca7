#!/bin/bash
# top.sh: what kubectl and the API server get from the model by metrics.k8s.io, and who gets nothing. Needs start.sh.
# shellcheck source=settings.sh
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

base=/apis/metrics.k8s.io/v1beta1
show() { say "kubectl $*"; k "$@" | cut -c1-400; echo; }

until_true 90 k top pod -n shop caller || die "no figures of shop/caller: is start.sh through?"
show top nodes
show top pods -A
show top pods -n shop --containers
show top pods -n shop -l app=web
show get --raw "$base"
show get --raw "$base/nodes/node-1"
show get --raw "$base/namespaces/shop/pods?labelSelector=app%3Dweb"
show get podmetrics.metrics.k8s.io -n shop
show get nodemetrics.metrics.k8s.io

say "asked directly, with tokens of the API server's"
for account in reader nobody; do
  k create serviceaccount -n shop "$account" --dry-run=client -o yaml | k apply -f - >/dev/null
done
# view has it from component metrics-api's system:aggregated-metrics-reader
k create clusterrolebinding top-reader --clusterrole=view --serviceaccount=shop:reader --dry-run=client -o yaml |
  k apply -f - >/dev/null
until_true 30 k auth can-i list nodes.metrics.k8s.io --as=system:serviceaccount:shop:reader || die "view lacks metrics.k8s.io"
failed=0
# By the name that the APIService asks for, against the bundle that it believes.
name=heapster-model.$namespace.svc
secure=https://$name:8443
k get apiservice v1beta1.metrics.k8s.io -o go-template='{{.spec.caBundle | base64decode}}' >"$work/ca.crt"
# expect STATUS PATH ACCOUNT: the account's own token; no account, no token; "forged", a bad one.
expect() {
  local header=() token status
  case ${3:-} in
    '') ;;
    forged) header=(-H "Authorization: Bearer forged") ;;
    *)
      token=$("$REAL_KUBERNETES/with-service-account" "$3" shop | sed -n 's/^TOKEN_FILE=//p')
      header=(-H "Authorization: Bearer $(cat "$token")")
      ;;
  esac
  status=$(ask --cacert "$work/ca.crt" --resolve "$name:8443:$address" -o /dev/null -w '%{http_code}' "${header[@]}" "$secure$2")
  printf '%-14s %-50s %s\n' "${3:-nobody at all}" "$2" "$status"
  [ "$status" = "$1" ] || { echo "  expected $1"; failed=1; }
}
expect 200 $base/nodes reader
expect 200 $base/namespaces/shop/pods reader
expect 403 $base/nodes nobody
expect 401 $base/nodes forged
expect 401 $base/nodes
# A front proxy is believed by its certificate only: this header must not help.
status=$(ask --cacert "$work/ca.crt" --resolve "$name:8443:$address" -o /dev/null -w '%{http_code}' -H 'X-Remote-User: admin' \
  -H 'X-Remote-Group: system:masters' "$secure$base/nodes")
printf '%-14s %-50s %s\n' "X-Remote-User" "$base/nodes" "$status"
[ "$status" = 401 ] || failed=1
exit $failed
