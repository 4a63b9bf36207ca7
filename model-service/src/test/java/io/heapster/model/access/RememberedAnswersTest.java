package io.heapster.model.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RememberedAnswersTest {
    private final TestClock clock = new TestClock();
    private final List<CompletableFuture<Boolean>> asked = new ArrayList<>();
    private final RememberedAnswers<String, Boolean> answers =
            new RememberedAnswers<>(3, clock, allowed -> allowed ? Duration.ofMinutes(5) : Duration.ofSeconds(30));

    private CompletionStage<Boolean> ask(String question) {
        return answers.answer(question, () -> {
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        });
    }

    private void askAndAnswer(String question, boolean answer) {
        int before = asked.size();
        ask(question);
        if (asked.size() > before) {
            asked.get(before).complete(answer);
        }
    }

    @Test
    void aPermissionIsBelievedLongerThanADenial() {
        askAndAnswer("yes", true);
        askAndAnswer("no", false);

        clock.forward(Duration.ofSeconds(30));
        askAndAnswer("yes", true);
        assertThat(asked).hasSize(2);
        askAndAnswer("no", false);
        assertThat(asked).hasSize(3);

        clock.forward(Duration.ofMinutes(5));
        askAndAnswer("yes", true);
        assertThat(asked).hasSize(4);
    }

    @Test
    void aPermissionIsNotProlongedByUse() {
        askAndAnswer("yes", true);
        for (int i = 0; i < 4; i++) {
            clock.forward(Duration.ofMinutes(1));
            askAndAnswer("yes", true);
        }
        assertThat(asked).hasSize(1);

        clock.forward(Duration.ofMinutes(1));
        assertThat(ask("yes").toCompletableFuture()).isNotDone();
    }

    @Test
    void manyWhoAskAtOnceShareOneQuestion() {
        CompletionStage<Boolean> first = ask("q");
        clock.forward(Duration.ofHours(1));
        CompletionStage<Boolean> second = ask("q");
        asked.get(0).complete(true);

        assertThat(asked).hasSize(1);
        assertThat(first.toCompletableFuture().join()).isTrue();
        assertThat(second.toCompletableFuture().join()).isTrue();
    }

    @Test
    void aFailureIsNotRemembered() {
        CompletionStage<Boolean> failed = ask("q");
        asked.get(0).completeExceptionally(new ReviewException("away"));
        assertThat(failed.toCompletableFuture()).isCompletedExceptionally();

        askAndAnswer("q", true);
        assertThat(asked).hasSize(2);
        assertThat(ask("q").toCompletableFuture().join()).isTrue();
    }

    @Test
    void theOneNotWantedForLongestGoesFirst() {
        askAndAnswer("a", true);
        askAndAnswer("b", true);
        askAndAnswer("c", true);
        askAndAnswer("a", true);
        askAndAnswer("d", true);

        assertThat(answers.size()).isEqualTo(3);
        askAndAnswer("a", true);
        assertThat(asked).hasSize(4);
        askAndAnswer("b", true);
        assertThat(asked).hasSize(5);
    }
}
