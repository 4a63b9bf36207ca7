package io.heapster.model.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * Tags answers and says 304 to who has the same already. The tag is made from the answer: its tick alone would not do,
 * for points come late and leave the window without a new tick.
 */
@Provider
@BareJson
class EntityTagFilter implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() != Response.Status.OK.getStatusCode()
                || !(response.getEntity() instanceof byte[] body)) {
            return;
        }
        String tag = tag(body);
        response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
        String known = request.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        if (known != null && (known.contains(tag.substring(2)) || known.trim().equals("*"))) {
            response.setStatus(Response.Status.NOT_MODIFIED.getStatusCode());
            response.setEntity(null);
        }
    }

    /** Weak, since the same may be packed or not. */
    private static String tag(byte[] body) {
        CRC32C checksum = new CRC32C();
        checksum.update(body);
        return "W/\"" + HexFormat.of().toHexDigits((checksum.getValue() << 32) | (Arrays.hashCode(body) & 0xFFFF_FFFFL))
                + '"';
    }
}
