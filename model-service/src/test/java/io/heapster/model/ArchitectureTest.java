package io.heapster.model;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** DESIGN 3: one package a step, each using only steps before it; Kafka at the edges. */
class ArchitectureTest {
    private static final String ROOT = "io.heapster.model";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void eachStepUsesOnlyStepsBeforeIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("ingest")
                .definedBy(ROOT + ".ingest")
                .layer("store")
                .definedBy(ROOT + ".store")
                .layer("aggregate")
                .definedBy(ROOT + ".aggregate")
                .layer("publish")
                .definedBy(ROOT + ".publish")
                .layer("api")
                .definedBy(ROOT + ".api")
                .layer("json")
                .definedBy(ROOT + ".json")
                .layer("statistics")
                .definedBy(ROOT + ".statistics")
                .layer("export")
                .definedBy(ROOT + ".export")
                .layer("resourcemetrics")
                .definedBy(ROOT + ".resourcemetrics..")
                .layer("health")
                .definedBy(ROOT + ".health")
                .layer("wiring")
                .definedBy(ROOT)
                .whereLayer("wiring")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("health")
                .mayOnlyBeAccessedByLayers("wiring")
                .whereLayer("export")
                .mayOnlyBeAccessedByLayers("wiring")
                .whereLayer("json")
                .mayOnlyBeAccessedByLayers("api", "export", "resourcemetrics")
                .whereLayer("statistics")
                .mayOnlyBeAccessedByLayers("api")
                .whereLayer("api")
                .mayOnlyBeAccessedByLayers("export", "wiring")
                .whereLayer("resourcemetrics")
                .mayOnlyBeAccessedByLayers("wiring")
                .whereLayer("publish")
                .mayOnlyBeAccessedByLayers("wiring")
                .whereLayer("aggregate")
                .mayOnlyBeAccessedByLayers("wiring")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("aggregate", "statistics", "api", "export", "resourcemetrics", "wiring")
                .whereLayer("ingest")
                .mayOnlyBeAccessedByLayers("api", "resourcemetrics", "health", "wiring")
                .check(CLASSES);
    }

    @Test
    void kafkaIsKnownOnlyWhereTheLogIsReadAndWritten() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".ingest", ROOT + ".publish")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void kubernetesIsKnownOnlyWhereItIsAskedWhoMayAsk() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".access")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .check(CLASSES);
    }

    @Test
    void accessDecidesWithoutAnyOfTheModel() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".access")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAPackage(ROOT + ".access"))))
                .check(CLASSES);
    }

    @Test
    void noClassHidesWhatItIsBehindAnEmptyName() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Common|Impl)$")
                .check(CLASSES);
    }
}
