#!/bin/bash
# stop.sh: ends what start.sh began; the cluster too.
# shellcheck source=settings.sh
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

end model
end standalone
"$REAL_KUBERNETES/down.sh"
