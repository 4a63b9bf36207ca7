package io.heapster.model.resourcemetrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.model.json.JsonWriter;
import io.heapster.model.json.Layout;
import java.math.BigDecimal;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("n", new BigDecimal("1e-9")),
            Map.entry("u", new BigDecimal("1e-6")),
            Map.entry("m", new BigDecimal("1e-3")),
            Map.entry("", BigDecimal.ONE),
            Map.entry("k", new BigDecimal("1e3")),
            Map.entry("M", new BigDecimal("1e6")),
            Map.entry("G", new BigDecimal("1e9")),
            Map.entry("T", new BigDecimal("1e12")),
            Map.entry("P", new BigDecimal("1e15")),
            Map.entry("E", new BigDecimal("1e18")),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
            Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
            Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

    private static String text(Quantity unit, long amount) {
        String json = new String(JsonWriter.bytes(Layout.INDENTED, document -> unit.write(amount, document)), UTF_8);
        return json.substring(1, json.length() - 1);
    }

    private static BigDecimal parsed(String quantity) {
        String number = quantity.replaceAll("[A-Za-z]", "");
        return new BigDecimal(number).multiply(SUFFIXES.get(quantity.substring(number.length())));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1n",
        "37226776, 37226776n",
        "37226000, 37226u",
        "869000000, 869m",
        "1000000000, 1",
        "1500000000, 1500m",
        "12000000000000, 12k"
    })
    void coresHaveTheLargestSuffixThatLosesNothing(long nanocores, String expected) {
        assertThat(text(Quantity.NANOCORES, nanocores)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "15, 15m", "2000, 2", "2500, 2500m", "3000000, 3k"})
    void millicoresAreThose(long millicores, String expected) {
        assertThat(text(Quantity.MILLICORES, millicores)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1000000, 1000000",
        "749568, 732Ki",
        "1048576, 1Mi",
        "10485760, 10Mi",
        "1572864, 1536Ki",
        "1152921504606846976, 1Ei"
    })
    void bytesAreBinary(long bytes, String expected) {
        assertThat(text(Quantity.BYTES, bytes)).isEqualTo(expected);
    }

    @Property
    void nothingIsLost(@ForAll @LongRange(min = 0) long amount) {
        assertThat(parsed(text(Quantity.NANOCORES, amount))).isEqualByComparingTo(BigDecimal.valueOf(amount, 9));
        assertThat(parsed(text(Quantity.MILLICORES, amount))).isEqualByComparingTo(BigDecimal.valueOf(amount, 3));
        assertThat(parsed(text(Quantity.BYTES, amount))).isEqualByComparingTo(BigDecimal.valueOf(amount));
    }

    @Property
    void roundAmountsAreNotLostEither(
            @ForAll @LongRange(min = 1, max = 1 << 20) long amount, @ForAll @LongRange(min = 0, max = 4) long power) {
        long bytes = amount << (10 * power);
        long cores = amount * (long) Math.pow(1000, (double) power);
        assertThat(parsed(text(Quantity.BYTES, bytes))).isEqualByComparingTo(BigDecimal.valueOf(bytes));
        assertThat(parsed(text(Quantity.NANOCORES, cores))).isEqualByComparingTo(BigDecimal.valueOf(cores, 9));
    }
}
