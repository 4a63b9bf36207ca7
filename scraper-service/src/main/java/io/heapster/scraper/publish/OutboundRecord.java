package io.heapster.scraper.publish;

import io.heapster.contract.sample.NodeKey;

/**
 * An encoded batch on its way.
 *
 * @param node decides key and partition
 * @param sampleCount how many samples are lost if it is
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes go from the encoder to the producer and are never compared
record OutboundRecord(
        NodeKey node, int partition, long tickMillis, long resolutionMillis, int sampleCount, byte[] value) {

    /** What it takes of the queue's room; the overhead of the objects is a guess. */
    int bytes() {
        return value.length + 128;
    }
}
