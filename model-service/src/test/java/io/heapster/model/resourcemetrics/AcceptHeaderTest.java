package io.heapster.model.resourcemetrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.model.resourcemetrics.AcceptHeader.Target;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptHeaderTest {
    private static final Map<Target, String> OFFERS = Map.of(
            Target.NONE,
            "json",
            new Target("Table", "meta.k8s.io", "v1"),
            "v1",
            new Target("Table", "meta.k8s.io", "v1beta1"),
            "v1beta1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "absent",
            value = {
                "absent | json",
                "'' | json",
                "* | json",
                "*/* | json",
                "application/* | json",
                "application/json | json",
                "Application/JSON | json",
                "application/json;charset=utf-8 | json",
                "application/vnd.kubernetes.protobuf | none",
                "application/vnd.kubernetes.protobuf, */* | json",
                "application/vnd.kubernetes.protobuf,application/json | json",
                "text/html | none",
                "text/html, application/json;q=0.1 | json",
                "application/yaml | none",
                "application/json;as=Table;v=v1;g=meta.k8s.io, application/json | v1",
                "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,"
                        + "application/json | v1",
                "application/json;as=Table;g=meta.k8s.io;v=v1beta1, application/json | v1beta1",
                "application/json, application/json;as=Table;v=v1;g=meta.k8s.io | json",
                "application/json;q=0.5, application/json; as=Table; v=v1; g=meta.k8s.io | v1",
                "application/json;as=Table;v=v2;g=meta.k8s.io | none",
                "application/json;as=Table;v=v2;g=meta.k8s.io, application/json | json",
                "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io, */* | json",
                "application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io | none",
                "*/*, application/json;as=Table;v=v1;g=meta.k8s.io | v1",
                "nonsense, ;;, application/json;q=high | json",
            })
    void theBestClauseThatCanBeMetIsChosen(String header, String expected) {
        assertThat(AcceptHeader.parse(header).choose(OFFERS).orElse("none")).isEqualTo(expected);
    }
}
