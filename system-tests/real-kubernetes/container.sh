#!/bin/bash
# container.sh COMMAND...: runs it as the containers of the manifests run, as far as that goes without an image: user and group 65532,
# no capabilities, no new privileges, a root file system that is read-only, an empty /tmp. In a mount namespace of its own.
set -euo pipefail
account=/run/secrets/kubernetes.io/serviceaccount
if [ -e $account/token ]; then
  # Of root alone outside; in a pod the kubelet gives them to the pod's group.
  files=$(mktemp -d)
  mount -t tmpfs -o mode=755 tmpfs "$files"
  cp $account/{token,ca.crt,namespace} "$files"
  chown 65532:65532 "$files"/*
  mount --move "$files" $account
fi
mount -t tmpfs -o mode=1777,size=64m tmpfs /tmp
mount -o remount,bind,ro /
cd /
exec setpriv --reuid=65532 --regid=65532 --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all \
  env HOME=/ "$@"
