package io.heapster.scraper.schedule;

import io.heapster.contract.sample.NodeKey;
import io.heapster.scraper.source.NodeInventory;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.SkipReason;
import io.heapster.scraper.source.Target;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node that answers as it is told. */
final class FakeTarget implements Target {
    static final Reading EMPTY = new Reading(List.of(), List.of());

    private final NodeKey node;
    private final Supplier<CompletionStage<Reading>> answer;

    @Nullable
    SkipReason skip;

    FakeTarget(String name, Supplier<CompletionStage<Reading>> answer) {
        this.node = new NodeKey("c", name);
        this.answer = answer;
    }

    static FakeTarget healthy(String name) {
        return new FakeTarget(name, () -> CompletableFuture.completedFuture(EMPTY));
    }

    static FakeTarget hanging(String name) {
        return new FakeTarget(name, CompletableFuture::new);
    }

    @Override
    public NodeKey node() {
        return node;
    }

    @Override
    public @Nullable SkipReason skip() {
        return skip;
    }

    @Override
    public CompletionStage<Reading> read(Duration timeout) {
        return answer.get();
    }

    @Override
    public NodeInventory inventory() {
        return NodeInventory.NONE;
    }
}
