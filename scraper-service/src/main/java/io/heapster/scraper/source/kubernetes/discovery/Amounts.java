package io.heapster.scraper.source.kubernetes.discovery;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kubernetes' quantities as numbers; what is missing or none is 0, what is too great is the greatest. */
final class Amounts {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final BigDecimal GREATEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Amounts() {}

    /** Thousandths, rounded up as Kubernetes does. */
    static long millis(@Nullable Map<String, Quantity> amounts, String resource) {
        return rounded(number(amounts, resource).multiply(THOUSAND));
    }

    /** Whole units, rounded up as Kubernetes does. */
    static long units(@Nullable Map<String, Quantity> amounts, String resource) {
        return rounded(number(amounts, resource));
    }

    private static BigDecimal number(@Nullable Map<String, Quantity> amounts, String resource) {
        Quantity quantity = amounts == null ? null : amounts.get(resource);
        if (quantity == null || quantity.getAmount() == null) {
            return BigDecimal.ZERO;
        }
        try {
            return quantity.getNumericalAmount();
        } catch (IllegalArgumentException | ArithmeticException e) {
            return BigDecimal.ZERO; // an API server would have refused it
        }
    }

    private static long rounded(BigDecimal number) {
        if (number.signum() <= 0) {
            return 0;
        }
        return number.compareTo(GREATEST) >= 0
                ? Long.MAX_VALUE
                : number.setScale(0, RoundingMode.CEILING).longValue();
    }
}
