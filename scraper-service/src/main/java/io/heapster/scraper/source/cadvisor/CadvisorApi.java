package io.heapster.scraper.source.cadvisor;

/** Versions of cAdvisor's API that tell of usage, the richest first. */
enum CadvisorApi {
    /** All in one document, with file systems and disks by device. */
    V1_3("v1.3"),
    /** The machine and its containers apart; of containers' file systems a sum. */
    V2_1("v2.1");

    private final String text;

    CadvisorApi(String text) {
        this.text = text;
    }

    /** As it stands in paths. */
    String text() {
        return text;
    }

    CadvisorApi other() {
        return this == V1_3 ? V2_1 : V1_3;
    }
}
