package io.heapster.scraper.source.cadvisor;

import io.heapster.scraper.source.ScrapeException.Reason;
import io.heapster.scraper.source.fetch.Endpoint;
import io.heapster.scraper.source.fetch.Failures;
import io.heapster.scraper.source.fetch.Peers;
import io.heapster.scraper.source.fetch.Question;
import io.heapster.scraper.source.fetch.RefusedException;

/** cAdvisors, and who knows of the machines they run on, answer everybody or nobody. */
record CadvisorPeers(CadvisorMeters meters) implements Peers {
    @Override
    public RefusedException refusal(Endpoint endpoint, Question question, int status, String said, String body) {
        return switch (status) {
            case 401 ->
                new RefusedException(
                        Reason.UNAUTHORIZED,
                        status,
                        body,
                        said + "; let it answer without a password (no http_auth_file)");
            case 403 -> new RefusedException(Reason.FORBIDDEN, status, body, said);
            default -> new RefusedException(Reason.HTTP, status, body, said);
        };
    }

    @Override
    public String untrusted(Endpoint endpoint, Throwable cause) {
        return Failures.message(cause);
    }

    @Override
    public String bodyLimitOption() {
        return "cadvisorBodyLimit";
    }

    @Override
    public void bodyOverLimit() {
        meters.bodyOverLimit();
    }
}
