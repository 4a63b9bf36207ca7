#!/bin/bash
# metrics-api-certificate.sh [NAMESPACE [DAYS]]: makes the certificate by which the API server knows the model behind
# metrics.k8s.io, and tells the API server whom to believe. For clusters without cert-manager. NAMESPACE is heapster
# unless given, DAYS 365. Run it again before that time is over (alert HeapsterCertificateExpires): the old authority is
# believed until the run after that, and running models take the new certificate without a restart.
# KUBECTL=PROGRAM: another kubectl. It needs openssl, and rights on Secrets in NAMESPACE and on APIServices.
set -euo pipefail
namespace=${1:-heapster} days=${2:-365}
kubectl=${KUBECTL:-kubectl}
# so that a script in its place does not call itself
unset KUBECTL
service=heapster-model.$namespace.svc
api=apiservice/v1beta1.metrics.k8s.io

directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
umask 077

# The authority signs this one certificate; its key is gone when the script ends.
openssl req -x509 -newkey rsa:2048 -nodes -days "$days" -keyout ca.key -out ca.crt -subj "/CN=heapster-model-ca" \
  -addext keyUsage=critical,digitalSignature,keyCertSign 2>openssl.log
openssl req -newkey rsa:2048 -nodes -keyout tls.key -out tls.csr -subj "/CN=$service" 2>>openssl.log
printf '%s\n' basicConstraints=CA:FALSE keyUsage=digitalSignature,keyEncipherment extendedKeyUsage=serverAuth \
  "subjectAltName=DNS:$service,DNS:$service.cluster.local,DNS:heapster-model" >extensions
openssl x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days "$days" -extfile extensions \
  -out tls.crt 2>>openssl.log

# The newest two authorities: models change over to the new certificate one after the other.
"$kubectl" get "$api" -o jsonpath='{.spec.caBundle}' | base64 -d >before.crt
openssl x509 -in before.crt -out previous.crt 2>/dev/null || : >previous.crt
bundle=$(cat ca.crt previous.crt | base64 | tr -d '\n')
"$kubectl" patch "$api" --type=merge -p "{\"spec\":{\"caBundle\":\"$bundle\"}}"
"$kubectl" create secret tls heapster-model-tls --namespace="$namespace" --cert=tls.crt --key=tls.key \
  --dry-run=client -o yaml | "$kubectl" apply -f -
echo "certificate of $service until $(openssl x509 -in tls.crt -noout -enddate | cut -d= -f2)"
