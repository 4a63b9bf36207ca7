package io.heapster.scraper.source.cadvisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract with a buddy. */
class HostsFileTest {
    @TempDir
    Path folder;

    private Hosts look(String text) throws IOException {
        return new HostsFile(write(text)).look();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("hosts"), text);
    }

    @Test
    void readsWhatABuddyWrites() throws IOException {
        assertThat(
                        look(
                                "{\"items\":[{\"name\":\"host1\",\"ip\":\"1.2.3.4\"},{\"name\":\"host2\",\"ip\":\"fd00::2\"}]}"))
                .isEqualTo(new Hosts(List.of(new Host("host1", "1.2.3.4"), new Host("host2", "fd00::2")), List.of()));
    }

    @Test
    void namesOfFieldsAreMatchedInAnyCase() throws IOException {
        assertThat(look("{\"Version\":1,\"Items\":[{\"Name\":\"a\",\"IP\":\"1.2.3.4\",\"Zone\":{}}]}")
                        .known())
                .containsExactly(new Host("a", "1.2.3.4"));
    }

    @Test
    void nothingMeansNoMachines() throws IOException {
        assertThat(look("").known()).isEmpty();
        assertThat(look("{\"items\":null}").known()).isEmpty();
        assertThat(look("{\"items\":[]}").known()).isEmpty();
    }

    @Test
    void entriesThatAreNoMachinesAreLeftOut() throws IOException {
        Hosts hosts = look("{\"items\":[{\"ip\":\"1.1.1.1\"},7,{\"name\":\"a\"},{\"name\":\"b\",\"ip\":\"1\"},"
                + "{\"name\":\"b\",\"ip\":\"2\"}]}");

        assertThat(hosts.known()).containsExactly(new Host("a", ""), new Host("b", "2"));
        assertThat(hosts.rejected())
                .containsExactly(
                        "a machine without a name, at '1.1.1.1'",
                        "a machine without a name, at ''",
                        "two machines named b");
    }

    @Test
    void anotherDocumentIsAnError() {
        for (String text : new String[] {"{\"items\":[", "[]", "{\"hosts\":[]}", "hosts", "{\"items\":{}}", "{} {}"}) {
            assertThatThrownBy(() -> look(text)).as(text).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aFileThatIsBeingWrittenIsNotTakenForAnEmptyOne() throws IOException {
        Path file = write("{\"items\":[{\"name\":\"a\",\"ip\":\"1.2.3.4\"}]}");
        HostsFile hosts = new HostsFile(file);
        Hosts before = hosts.look();

        write("");
        assertThat(hosts.look()).isSameAs(before);
        write("{\"items\":[{\"name\":\"b\",\"ip\":\"1.2.3.4\"}]}");
        assertThat(hosts.look().known()).containsExactly(new Host("b", "1.2.3.4"));

        write("");
        hosts.look();
        assertThat(hosts.look().known()).as("empty twice").isEmpty();
    }

    @Test
    void aFileThatDoesNotChangeGivesTheSameMachines() throws IOException {
        HostsFile hosts = new HostsFile(write("{\"items\":[{\"name\":\"a\",\"ip\":\"1.2.3.4\"}]}"));

        assertThat(hosts.look()).isSameAs(hosts.look());
    }
}
