#!/bin/bash
# stop.sh: ends what start.sh began; the cluster too.
# shellcheck source=settings.sh
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

for name in scraper sink model influxdb broker; do end "$name"; done
"$REAL_KUBERNETES/down.sh"
