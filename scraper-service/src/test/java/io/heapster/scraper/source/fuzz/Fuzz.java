package io.heapster.scraper.source.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.management.ThreadMXBean;
import io.heapster.contract.sample.Labels;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.ScrapeException.Reason;
import io.heapster.scraper.source.cadvisor.CadvisorDecoding;
import io.heapster.scraper.source.fuzz.FuzzedDocument.Part;
import io.heapster.scraper.source.kubernetes.containers.ContainersDecoder;
import io.heapster.scraper.source.kubernetes.resource.ResourceDecoder;
import io.heapster.scraper.source.kubernetes.summary.SummaryDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Mutates the documents of real kubelets and cAdvisors within one part, decodes them by the decoders' public entries, and
 * holds what comes to: an answer or a refusal of reason {@code decode}, soon, within memory in proportion to the document;
 * and of all entities that the part does not tell of exactly the numbers of the document unmutated.
 */
public final class Fuzz {
    private static final Labels NODE = Labels.of("nodename", "node-1", "hostname", "node-1", "host_id", "h-1");
    private static final long ANSWERED = 1_795_250_600_000L;
    private static final long SLOW_NANOS = 5_000_000_000L;
    /** Entities, labels and samples of the densest document take less than this for each of its bytes. */
    private static final long MOST_ALLOCATED = 64;

    private static final long ALLOCATED_BY_ANY = 4 << 20;

    private final List<FuzzedDocument> documents = new ArrayList<>();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long mutations;
    private long answered;
    private long refused;
    private long compared;
    private long slowestNanos;

    public Fuzz() throws IOException, ScrapeException {
        SummaryDecoder summary = new SummaryDecoder();
        ContainersDecoder containers = new ContainersDecoder();
        ResourceDecoder resource = new ResourceDecoder();
        for (String name : List.of("v1.20.2/stats-summary.1.json", "v1.36.2/stats-summary.1.json", "windows.json")) {
            documents.add(FuzzedDocument.json(
                    name,
                    read("/kubernetes/" + name),
                    (bytes, length) -> summary.decode(bytes, length, NODE, ANSWERED)));
        }
        documents.add(FuzzedDocument.json(
                "stats-container",
                read("/kubernetes/v1.20.2/stats-container.post.1.json.gz"),
                (bytes, length) -> containers.decode(bytes, length, NODE, ANSWERED)));
        for (String version : List.of("v1.20.2", "v1.36.2")) {
            documents.add(FuzzedDocument.lines(
                    version + "/metrics-resource.1.txt",
                    read("/kubernetes/" + version + "/metrics-resource.1.txt"),
                    (bytes, length) -> resource.decode(bytes, length, NODE, ANSWERED)));
        }
        documents.add(FuzzedDocument.json(
                "cadvisor v1.3",
                read("/cadvisor/v1.3-subcontainers.json"),
                CadvisorDecoding.subcontainers(NODE, ANSWERED)));
        documents.add(FuzzedDocument.json(
                "cadvisor v2.1", read("/cadvisor/v2.1-stats.json"), CadvisorDecoding.stats(NODE, ANSWERED)));
    }

    private static byte[] read(String path) throws IOException {
        try (InputStream in = Objects.requireNonNull(Fuzz.class.getResourceAsStream(path), path);
                InputStream plain = path.endsWith(".gz") ? new GZIPInputStream(in) : in) {
            return plain.readAllBytes();
        }
    }

    /** One mutation, all of which follows from the seed. */
    public void round(long seed) {
        Mutation mutation = new Mutation(seed);
        FuzzedDocument document = documents.get(mutation.choice(documents.size()));
        Part part = document.parts.get(mutation.choice(document.parts.size()));
        byte[] mutatedPart = document.json && mutation.choice(3) > 0
                ? mutation.ofTree(document.treeOf(part))
                : mutation.ofBytes(document.bytesOf(part));
        byte[] mutated = document.with(part.from(), part.to(), mutatedPart);
        mutations++;
        Reading reading;
        long beganNanos = System.nanoTime();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            reading = document.decoding.decode(mutated, mutated.length);
        } catch (ScrapeException e) {
            refused++;
            check(e.reason() == Reason.DECODE, seed, document, "refused by " + e);
            return;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError(at(seed, document) + ": " + e, e);
        } finally {
            long took = System.nanoTime() - beganNanos;
            slowestNanos = Math.max(slowestNanos, took);
            check(took < SLOW_NANOS, seed, document, "took " + took / 1_000_000 + " ms");
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            check(
                    allocated < ALLOCATED_BY_ANY + MOST_ALLOCATED * mutated.length,
                    seed,
                    document,
                    "allocated " + allocated + " bytes for " + mutated.length);
        }
        answered++;
        if (document.isSameBeside(part, mutated)) {
            compared++;
            List<String> wrong = document.wrong(part, reading);
            wrong.removeIf(content -> document.isNamedIn(content, mutatedPart));
            check(
                    wrong.isEmpty(),
                    seed,
                    document,
                    "at " + part.pointer() + " of " + part.keys() + " changed " + wrong + "\nby "
                            + shortened(new String(mutatedPart, ISO_8859_1)));
        }
        if (seed % 64 == 0) {
            checkUnmutated(seed, document);
        }
    }

    /** No mutation may leave anything behind in a decoder. */
    private static void checkUnmutated(long seed, FuzzedDocument document) {
        try {
            List<String> again =
                    FuzzedDocument.contents(document.decoding.decode(document.bytes, document.bytes.length));
            check(
                    again.equals(document.whole),
                    seed,
                    document,
                    "the unmutated document is decoded otherwise afterwards");
        } catch (ScrapeException e) {
            throw new AssertionError(at(seed, document) + ": the unmutated document is refused afterwards", e);
        }
    }

    private static void check(boolean holds, long seed, FuzzedDocument document, String what) {
        if (!holds) {
            throw new AssertionError(at(seed, document) + ": " + what);
        }
    }

    private static String at(long seed, FuzzedDocument document) {
        return document.name + ", seed " + seed;
    }

    private static String shortened(String text) {
        return text.length() < 2_000 ? text : text.substring(0, 2_000) + "…";
    }

    /** Parts found, for a test that there are some. */
    List<FuzzedDocument> documents() {
        return documents;
    }

    long compared() {
        return compared;
    }

    @Override
    public String toString() {
        return mutations + " mutations: " + answered + " answered (" + compared
                + " with the rest unchanged, all right), " + refused + " refused; the slowest took "
                + slowestNanos / 1_000_000 + " ms";
    }

    /** {@code [--minutes=10] [--seed=1] [--go-on]}: ends with status 1 at the first finding, or shows all of them. */
    public static void main(String[] arguments) throws IOException, ScrapeException {
        long minutes = number("minutes", 10, arguments);
        long first = number("seed", System.nanoTime() & 0xffff_ffffL, arguments);
        boolean goOn = List.of(arguments).contains("--go-on");
        Fuzz fuzz = new Fuzz();
        System.out.println("seeds from " + first);
        long endNanos = System.nanoTime() + minutes * 60_000_000_000L;
        int findings = 0;
        for (long seed = first; System.nanoTime() < endNanos && (goOn || findings == 0) && findings < 20; seed++) {
            try {
                fuzz.round(seed);
            } catch (AssertionError e) {
                findings++;
                System.out.println(e.getMessage());
                if (e.getCause() != null) {
                    e.getCause().printStackTrace(System.out);
                }
            }
        }
        System.out.println(fuzz);
        if (findings > 0) {
            System.exit(1);
        }
    }

    private static long number(String name, long otherwise, String[] arguments) {
        String prefix = "--" + name + "=";
        for (String argument : arguments) {
            if (argument.startsWith(prefix)) {
                return Long.parseLong(argument.substring(prefix.length()));
            }
        }
        return otherwise;
    }
}
