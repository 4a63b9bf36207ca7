package io.heapster.sink;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.heapster.sink");

    @Test
    void kafkaIsKnownOnlyWhereRecordsComeIn() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.heapster.sink.ingest..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void aSinkSeesTheContractAndTheSpiAndNothingElseOfOurs() {
        for (String sink : new String[] {"influxdb", "log", "googlecloud"}) {
            seesOnly(sink);
        }
        for (String sink : new String[] {"cloudmonitoring", "cloudlogging"}) {
            seesOnly(sink, "io.heapster.sink.googlecloud");
        }
    }

    private static void seesOnly(String sink, String... besides) {
        String own = "io.heapster.sink." + sink;
        noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(resideInAPackage("io.heapster..")
                        .and(resideOutsideOfPackages(own, "io.heapster.sink.spi"))
                        .and(resideOutsideOfPackages(besides))
                        .and(resideOutsideOfPackages(
                                "io.heapster.contract.event",
                                "io.heapster.contract.metric",
                                "io.heapster.contract.sample",
                                "io.heapster.contract.uri")))
                .check(CLASSES);
    }

    @Test
    void googlesLibrariesAreKnownOnlyToItsSinks() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.heapster.sink.googlecloud",
                        "io.heapster.sink.cloudmonitoring",
                        "io.heapster.sink.cloudlogging")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google..", "io.grpc..")
                .check(CLASSES);
    }

    @Test
    void aStepUsesOnlyStepsBeforeIt() {
        noClasses()
                .that()
                .resideInAPackage("io.heapster.sink.spi..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.heapster.sink.ingest..", "io.heapster.sink.delivery..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.heapster.sink.ingest..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.heapster.sink.spi..", "io.heapster.sink.delivery..")
                .check(CLASSES);
        slices().matching("io.heapster.sink.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
