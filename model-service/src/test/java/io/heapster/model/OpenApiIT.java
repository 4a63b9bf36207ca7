package io.heapster.model;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** The same of the service as built. */
@Tag("as-built")
@QuarkusIntegrationTest
class OpenApiIT extends OpenApiTest {}
