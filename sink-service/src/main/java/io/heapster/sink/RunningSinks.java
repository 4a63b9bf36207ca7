package io.heapster.sink;

import io.heapster.sink.delivery.SinkDelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The sinks that run, in the order they were named. Whoever reads does not wait for a replacement under way. */
final class RunningSinks {
    private record Running(NamedSink sink, SinkDelivery delivery) {}

    private final Function<NamedSink, SinkDelivery> delivery;
    private final Duration deadline;
    private volatile List<Running> running = List.of();
    private boolean ended;

    /**
     * @param delivery makes the delivery of a sink, not yet started
     * @param deadline how long a sink that goes may take to write what it has taken
     */
    RunningSinks(Function<NamedSink, SinkDelivery> delivery, Duration deadline) {
        this.delivery = delivery;
        this.deadline = deadline;
    }

    /**
     * Sinks that stay are not touched. Those that go write what they took, commit and are closed before any new one
     * starts, which may have the same name and so the same consumer group.
     *
     * @param choose gives the new set, made of sinks of the one that runs and of new ones; what it throws is thrown on
     *     and leaves everything as it was
     * @throws IllegalStateException when the process is ending
     */
    synchronized void replace(UnaryOperator<List<NamedSink>> choose) throws InterruptedException {
        if (ended) {
            throw new IllegalStateException("the service is ending");
        }
        List<Running> before = running;
        List<NamedSink> wanted = choose.apply(before.stream().map(Running::sink).toList());
        List<Running> staying =
                before.stream().filter(one -> wanted.contains(one.sink)).toList();
        running = staying;
        close(before.stream().filter(one -> !staying.contains(one)).toList());
        List<Running> after = new ArrayList<>();
        for (NamedSink sink : wanted) {
            after.add(staying.stream()
                    .filter(one -> one.sink.equals(sink))
                    .findFirst()
                    .orElseGet(() -> started(sink)));
        }
        running = List.copyOf(after);
    }

    private Running started(NamedSink sink) {
        SinkDelivery made = delivery.apply(sink);
        made.start();
        return new Running(sink, made);
    }

    /** In their order. */
    List<SinkDelivery> deliveries() {
        return running.stream().map(Running::delivery).toList();
    }

    /** Closes all, for good. */
    synchronized void close() throws InterruptedException {
        ended = true;
        close(running);
    }

    private void close(List<Running> leaving) throws InterruptedException {
        List<Thread> closings = new ArrayList<>();
        for (Running one : leaving) {
            Thread closing = new Thread(() -> close(one.delivery), "sink-close");
            closing.start();
            closings.add(closing);
        }
        for (Thread closing : closings) {
            closing.join();
        }
    }

    private void close(SinkDelivery leaving) {
        try {
            leaving.close(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
