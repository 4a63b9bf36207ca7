package io.heapster.model;

import io.heapster.contract.sample.SampleBatch;
import io.heapster.model.aggregate.TickLedger;
import io.heapster.model.publish.SumsPublisher;

/** Enters what became of sums into the ledger. */
record LedgerBooks(TickLedger ledger) implements SumsPublisher.Bookkeeping {
    @Override
    public void found(SampleBatch sums) {
        ledger.summed(sums);
    }

    @Override
    public void notPublished(String cluster, long tickMillis) {
        ledger.notSummed(cluster, tickMillis);
    }

    @Override
    public void released() {
        ledger.forgetSums();
    }
}
