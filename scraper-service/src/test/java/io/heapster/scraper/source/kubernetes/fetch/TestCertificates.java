package io.heapster.scraper.source.kubernetes.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates made by the JDK's keytool in a directory: authorities, and what they sign. */
public final class TestCertificates {
    public static final String PASSWORD = "changeit";

    private final Path directory;

    public TestCertificates(Path directory) {
        this.directory = directory;
    }

    /** Makes an authority and returns its certificate as PEM. */
    public String authority(String name) {
        keytool(name, "-genkeypair", "-alias", name, "-dname", "CN=" + name, "-ext", "bc:c", "-validity", "10");
        return pemOf(name);
    }

    /** A key store with a certificate that the authority signed. */
    public Path signed(String authority, String name, String alternativeNames, String start) {
        keytool(name, "-genkeypair", "-alias", name, "-dname", "CN=" + name);
        keytool(name, "-certreq", "-alias", name, "-file", file(name + ".csr"));
        keytool(
                authority,
                "-gencert",
                "-alias",
                authority,
                "-infile",
                file(name + ".csr"),
                "-outfile",
                file(name + ".pem"),
                "-rfc",
                "-ext",
                "san=" + alternativeNames,
                "-startdate",
                start,
                "-validity",
                "10");
        keytool(name, "-importcert", "-noprompt", "-alias", "ca", "-file", file(authority + ".pem"));
        keytool(name, "-importcert", "-alias", name, "-file", file(name + ".pem"));
        return directory.resolve(name + ".p12");
    }

    /** The private key of a key store as PEM. */
    public String keyOf(Path keyStore, String name) {
        try (InputStream in = Files.newInputStream(keyStore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(
                                    store.getKey(name, PASSWORD.toCharArray()).getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The certificate that was signed, as PEM. */
    public String certificateOf(String name) {
        try {
            return Files.readString(directory.resolve(name + ".pem"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String pemOf(String name) {
        keytool(name, "-exportcert", "-rfc", "-alias", name, "-file", file(name + ".pem"));
        try {
            return Files.readString(directory.resolve(name + ".pem"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private void keytool(String store, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", file(store + ".p12"), "-storetype", "PKCS12", "-storepass", PASSWORD));
        if (command.contains("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        }
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + ": " + said);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
