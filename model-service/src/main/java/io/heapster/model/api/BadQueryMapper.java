package io.heapster.model.api;

import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Says what is wrong with a query, as text. */
class BadQueryMapper {
    @ServerExceptionMapper
    RestResponse<String> badQuery(BadQueryException exception) {
        return RestResponse.ResponseBuilder.create(RestResponse.Status.BAD_REQUEST, exception.getMessage())
                .type(MediaType.TEXT_PLAIN_TYPE)
                .build();
    }
}
