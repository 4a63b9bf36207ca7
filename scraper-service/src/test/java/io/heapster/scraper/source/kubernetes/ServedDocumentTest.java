package io.heapster.scraper.source.kubernetes;

import static io.heapster.scraper.source.kubernetes.KubeletDocument.CONTAINERS;
import static io.heapster.scraper.source.kubernetes.KubeletDocument.RESOURCE;
import static io.heapster.scraper.source.kubernetes.KubeletDocument.SUMMARY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServedDocumentTest {
    private static final long HALF_AN_HOUR = Duration.ofMinutes(30).toMillis();

    private final ServedDocument document = new ServedDocument(CONTAINERS);

    @Test
    void whatIsWantedIsAskedForUntilSomethingElseWasServed() {
        assertThat(document.at("v1.20 boot", 0)).isEqualTo(CONTAINERS);

        document.served(SUMMARY, "v1.20 boot", 0);

        assertThat(document.at("v1.20 boot", 1)).isEqualTo(SUMMARY);
        assertThat(document.last()).isEqualTo(SUMMARY);
    }

    @Test
    void afterHalfAnHourItIsTriedAgainHoweverOftenTheOtherWasServed() {
        for (long now = 0; now < HALF_AN_HOUR; now += 30_000) {
            document.served(SUMMARY, "a", now);
            assertThat(document.at("a", now)).isEqualTo(SUMMARY);
        }

        assertThat(document.at("a", HALF_AN_HOUR)).isEqualTo(CONTAINERS);

        document.served(SUMMARY, "a", HALF_AN_HOUR);
        assertThat(document.at("a", HALF_AN_HOUR + 1)).isEqualTo(SUMMARY);
    }

    @Test
    void anotherVersionOrBootIsTriedAgain() {
        document.served(SUMMARY, "v1.23 boot-1", 0);

        assertThat(document.at("v1.20 boot-2", 1)).isEqualTo(CONTAINERS);
    }

    @Test
    void whatWasForgottenOrIsServedAgainIsWanted() {
        document.served(RESOURCE, "a", 0);
        document.forget();
        assertThat(document.at("a", 1)).isEqualTo(CONTAINERS);

        document.served(SUMMARY, "a", 1);
        document.served(CONTAINERS, "a", 2);
        assertThat(document.at("a", 3)).isEqualTo(CONTAINERS);
    }

    @Test
    void onlyARefusalThatMeansThereIsNoneLeadsToAnother() {
        assertThat(CONTAINERS.insteadAfter(404)).isEqualTo(SUMMARY);
        assertThat(CONTAINERS.insteadAfter(403)).isEqualTo(SUMMARY);
        assertThat(CONTAINERS.insteadAfter(401)).isNull();
        assertThat(CONTAINERS.insteadAfter(500)).isNull();
        assertThat(SUMMARY.insteadAfter(404)).isEqualTo(RESOURCE);
        assertThat(SUMMARY.insteadAfter(403)).isEqualTo(RESOURCE);
        assertThat(SUMMARY.insteadAfter(401)).isNull();
        assertThat(RESOURCE.insteadAfter(404)).isNull();
    }
}
