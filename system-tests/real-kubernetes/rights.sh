#!/bin/bash
# rights.sh: what each of our accounts may do, by kubectl auth can-i --list, is what docs/security.md says: with the base and
# component metrics-api alone, then with source-kubernetes, then with virtual-kubelets too. Needs a cluster.
# shellcheck source=settings.sh
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

# may ACCOUNT: "resource resource-names verbs", one a line, in kube-system too.
may() {
  local in
  for in in "$namespace" kube-system default; do
    k auth can-i --list --no-headers -n "$in" --as="system:serviceaccount:$namespace:$1" 2>/dev/null
  done | sed -E 's/^(\S*) +\[([^]]*)\] +\[([^]]*)\] +\[([^]]*)\] *$/\1|\2|\3|\4/' | sort -u
}

# documented ACCOUNT COMPONENT...: the rows of the page's table.
documented() {
  local account=$1
  shift
  sed -nE 's/^\| `([a-z-]+)` \| ([a-z-]+|`[a-z-]+`) \| `([a-z0-9./]+)`( named `([a-z-]+)`)? \| ([a-z, ]+) \|.*/\1 \2 \3|\5|\6/p' "$root/docs/security.md" |
    tr -d '`' | while IFS='|' read -r head name verbs; do
      read -r who component resource <<<"$head"
      [ "$who" = "$account" ] || continue
      case " base $* " in *" $component "*) printf '%s|%s|%s\n' "$resource" "$name" "${verbs//,/}" ;; esac
    done
}

# rows: one line for each resource, its verbs sorted together.
rows() {
  awk -F'|' '{ split($3, verb, " "); for (i in verb) seen[$1 "|" $2 "|" verb[i]] }
    END { for (row in seen) print row }' | sort
}

failed=0
compare() {
  local overlay=$1 account
  shift
  build "$here/overlays/$overlay" >"$work/$overlay.yaml"
  k apply -f "$work/$overlay.yaml" >/dev/null
  sleep 2
  # What everybody who is somebody may: discovery, and asking about oneself.
  may nobody >"$work/nobody"
  for account in heapster-scraper heapster-model heapster-sink; do
    may "$account" | comm -13 "$work/nobody" - | awk -F'|' '{ print $1 "|" $3 "|" $4 }' | rows >"$work/$account.may"
    documented "$account" "$@" | rows >"$work/$account.documented"
    say "$account with base $*: $(wc -l <"$work/$account.may") rights"
    sed 's/|/ /g' "$work/$account.may"
    diff "$work/$account.documented" "$work/$account.may" || failed=1
  done
}
compare processes metrics-api
compare processes-source-kubernetes metrics-api source-kubernetes
compare processes-virtual-kubelets metrics-api virtual-kubelets
[ $failed = 0 ] || die "docs/security.md (<) and the cluster (>) differ"
say "as docs/security.md has it"
