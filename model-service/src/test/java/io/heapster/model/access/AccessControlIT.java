package io.heapster.model.access;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** TLS and the API server's reviews, of the service as built. */
@Tag("as-built")
@QuarkusIntegrationTest
class AccessControlIT extends AccessControlTest {}
