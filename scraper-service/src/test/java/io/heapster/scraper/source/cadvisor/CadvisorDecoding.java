package io.heapster.scraper.source.cadvisor;

import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.fuzz.Decoding;

/** The decoder's ways in, for the fuzz. */
public final class CadvisorDecoding {
    private CadvisorDecoding() {}

    public static Decoding subcontainers(Labels node, long answered) {
        CadvisorDecoder decoder = new CadvisorDecoder();
        return (bytes, length) -> decoder.subcontainers(bytes, length, node, answered);
    }

    public static Decoding stats(Labels node, long answered) throws ScrapeException {
        CadvisorDecoder decoder = new CadvisorDecoder();
        byte[] spec = Documents.read("v2.1-spec.json");
        byte[] machine = Documents.read(Documents.MACHINE_STATS);
        long created = decoder.creation(spec, spec.length);
        return (bytes, length) -> decoder.stats(
                bytes, length, decoder.machineStats(machine, machine.length, node, created, answered), answered);
    }
}
