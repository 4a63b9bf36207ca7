package io.heapster.scraper;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** The same of the service as built: a jar, or with {@code -Dnative} an executable. */
@Tag("as-built")
@QuarkusIntegrationTest
class ScraperServiceIT extends ScraperServiceTest {}
