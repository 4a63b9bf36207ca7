package io.heapster.model.resourcemetrics;

import io.heapster.model.json.Layout;
import io.heapster.model.resourcemetrics.AcceptHeader.Target;
import io.heapster.model.resourcemetrics.selector.FieldSelector;
import io.heapster.model.resourcemetrics.selector.LabelSelector;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What a request to {@code metrics.k8s.io} may say besides its path. */
public final class ResourceQuery {
    private static final Set<String> GO_TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final String META_V1 = "meta.k8s.io/v1";
    private static final String META_V1BETA1 = "meta.k8s.io/v1beta1";
    private static final String AS_IT_IS = "";
    private static final Map<Target, String> FORMS = Map.of(
            Target.NONE,
            AS_IT_IS,
            new Target("Table", "meta.k8s.io", "v1"),
            META_V1,
            new Target("Table", "meta.k8s.io", "v1beta1"),
            META_V1BETA1);

    @QueryParam("labelSelector")
    @Parameter(description = "Labels that objects must have: a=b,c!=d,e in (f,g),h notin (i),j,!k")
    @Nullable
    String labelSelector;

    @QueryParam("fieldSelector")
    @Parameter(description = "metadata.name and metadata.namespace that objects must have: metadata.name=a")
    @Nullable
    String fieldSelector;

    @QueryParam("watch")
    @Parameter(description = "Not supported: answered with 405")
    @Nullable
    String watch;

    @QueryParam("includeObject")
    @Parameter(description = "What rows of a Table carry: Metadata (so if missing), Object or None")
    @Nullable
    String includeObject;

    @QueryParam("pretty")
    @Parameter(description = "Whether lines break; if missing they do for curl, wget and browsers")
    @Nullable
    String pretty;

    @HeaderParam("Accept")
    @Parameter(hidden = true)
    @Nullable
    String accept;

    @HeaderParam("User-Agent")
    @Parameter(hidden = true)
    @Nullable
    String userAgent;

    LabelSelector labels() {
        return LabelSelector.parse(labelSelector);
    }

    FieldSelector fields() {
        return FieldSelector.parse(fieldSelector);
    }

    boolean asksToWatch() {
        return watch != null && !watch.equals("0") && !watch.equalsIgnoreCase("false");
    }

    Layout layout() {
        if (pretty != null && !pretty.isEmpty()) {
            return GO_TRUE.contains(pretty) ? Layout.INDENTED : Layout.COMPACT;
        }
        boolean human = userAgent != null
                && (userAgent.startsWith("curl")
                        || userAgent.startsWith("Wget")
                        || userAgent.startsWith("Mozilla/5.0"));
        return human ? Layout.INDENTED : Layout.COMPACT;
    }

    /** @throws StatusException if the client accepts no JSON as it is */
    void requirePlainJson() {
        if (accept().choose(Map.of(Target.NONE, AS_IT_IS)).isEmpty()) {
            throw StatusException.notAcceptable();
        }
    }

    AcceptHeader accept() {
        return AcceptHeader.parse(accept);
    }

    /**
     * The form to answer in.
     *
     * @throws StatusException if the client accepts none that there is, or asks to include what cannot be
     */
    FormChoice form() {
        String form = accept().choose(FORMS).orElseThrow(StatusException::notAcceptable);
        if (form.equals(AS_IT_IS)) {
            return ObjectForm::new;
        }
        IncludeObject include = IncludeObject.parse(includeObject);
        return parts -> new TableForm(parts, form, include);
    }

    /** Makes the chosen form for an answer. */
    @FunctionalInterface
    interface FormChoice {
        Form of(ObjectJson parts);
    }
}
