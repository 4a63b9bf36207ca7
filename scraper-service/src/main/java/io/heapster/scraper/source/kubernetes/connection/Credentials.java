package io.heapster.scraper.source.kubernetes.connection;

/**
 * Who we are, and whom to believe. Empty where there is none.
 *
 * @param token bearer token
 * @param ca certificates, as PEM, that sign the API server's
 * @param clientCertificate as PEM
 * @param clientKey as PEM
 */
public record Credentials(String token, String ca, String clientCertificate, String clientKey) {
    static final Credentials NONE = new Credentials("", "", "", "");

    /** Without secrets. */
    @Override
    public String toString() {
        return "Credentials[token=" + (token.isEmpty() ? "none" : "hidden") + ", ca="
                + (ca.isEmpty() ? "none" : "given") + ", clientCertificate="
                + (clientCertificate.isEmpty() ? "none" : "given") + "]";
    }
}
