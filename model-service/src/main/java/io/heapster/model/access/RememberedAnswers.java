package io.heapster.model.access;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers that are believed for a while. One question asked by many at once is asked once; a question without an answer is
 * asked again. When full, the answer that was not wanted for longest goes.
 */
final class RememberedAnswers<Q, A> {
    private final Clock clock;
    private final Function<A, Duration> believed;
    private final Map<Q, Remembered<A>> answers;

    RememberedAnswers(int most, Clock clock, Function<A, Duration> believed) {
        this.clock = clock;
        this.believed = believed;
        this.answers = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Q, Remembered<A>> eldest) {
                return size() > most;
            }
        };
    }

    CompletionStage<A> answer(Q question, Supplier<CompletionStage<A>> ask) {
        Remembered<A> asked;
        synchronized (this) {
            Remembered<A> known = answers.get(question);
            if (known != null && known.untilMillis > clock.millis()) {
                return known.answer;
            }
            asked = new Remembered<>(ask.get());
            answers.put(question, asked);
        }
        asked.answer.whenComplete((answer, failure) -> settle(question, asked, answer, failure != null));
        return asked.answer;
    }

    private synchronized void settle(Q question, Remembered<A> asked, A answer, boolean failed) {
        if (failed) {
            answers.remove(question, asked);
        } else {
            asked.untilMillis = clock.millis() + believed.apply(answer).toMillis();
        }
    }

    synchronized int size() {
        return answers.size();
    }

    private static final class Remembered<A> {
        private final CompletionStage<A> answer;
        /** While there is no answer yet, everybody waits for it. */
        private long untilMillis = Long.MAX_VALUE;

        Remembered(CompletionStage<A> answer) {
            this.answer = answer;
        }
    }
}
