package io.heapster.model;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** Every golden answer from the service as built: a jar, or with {@code -Dnative} an executable. */
@Tag("as-built")
@QuarkusIntegrationTest
class ModelServiceIT extends ModelGoldenTest {}
