package io.heapster.model.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Reviews that are not asked for again while the last answer is fresh. */
final class RememberedReviews implements Reviews {
    private final Reviews reviews;
    private final RememberedAnswers<ByteBuffer, Optional<Caller>> holders;
    private final RememberedAnswers<Question, Boolean> permissions;

    RememberedReviews(
            Reviews reviews, int most, Clock clock, Duration tokenTtl, Duration allowedTtl, Duration deniedTtl) {
        this.reviews = reviews;
        this.holders = new RememberedAnswers<>(most, clock, holder -> tokenTtl);
        this.permissions = new RememberedAnswers<>(most, clock, allowed -> allowed ? allowedTtl : deniedTtl);
    }

    @Override
    public CompletionStage<Optional<Caller>> holderOf(String token) {
        return holders.answer(digest(token), () -> reviews.holderOf(token));
    }

    @Override
    public CompletionStage<Boolean> allows(Caller caller, Attributes attributes) {
        return permissions.answer(new Question(caller, attributes), () -> reviews.allows(caller, attributes));
    }

    /** So that no token stays in memory for longer than its request. */
    private static ByteBuffer digest(String token) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Question(Caller caller, Attributes attributes) {}
}
