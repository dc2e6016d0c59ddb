package dev.nemotron;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The plan of the house: which room may use which, and what no room may use. */
class ArchitectureTest {

    private static final String ROOT = "dev.nemotron";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /**
     * The rooms from the roof to the cellar, each with all those that it uses, which must come later in the list. A room is a
     * package with the packages in it. The package of the API has three rooms, since floors below it share its language.
     */
    private static final List<Room> HOUSE = List.of(
            room("api", "engine", "tokenizer", "schema", "json", "requests", "reports"),
            room(
                    "engine",
                    "arch",
                    "backend",
                    "kernel",
                    "format",
                    "state",
                    "spi",
                    "checkpoint",
                    "tokenizer",
                    "template",
                    "grammar",
                    "output",
                    "sampling",
                    "json",
                    "requests",
                    "reports"),
            room("arch", "layer", "format", "state", "spi", "checkpoint", "json", "reports"),
            room("layer", "spi"),
            room("backend", "kernel", "spi", "reports"),
            room("format", "kernel", "spi", "checkpoint", "reports"),
            room("kernel", "spi", "reports"),
            room("state", "spi"),
            room("spi", "checkpoint", "reports"),
            room("checkpoint", "json", "reports"),
            room("template", "tokenizer", "json", "requests", "reports"),
            room("grammar", "output", "tokenizer", "json", "requests"),
            room("tokenizer", "json", "reports"),
            room("output", "json", "requests", "reports"),
            room("schema", "json", "requests", "reports"),
            room("sampling", "requests"),
            room("requests", "json", "reports"),
            room("json", "reports"),
            room("reports"));

    /** The types of the API that drive the house; its others are language: what is asked for, and what is reported. */
    private static final Set<String> DRIVERS = Set.of("Model", "ChatSession", "ToolLoop", "PromptRenderer");

    private record Room(String name, Set<String> uses) {}

    private static Room room(String name, String... uses) {
        return new Room(name, Set.of(uses));
    }

    @Test
    void roomsUseExactlyTheRoomsOfThePlan() {
        Set<String> plan = new TreeSet<>();
        HOUSE.forEach(room -> room.uses().forEach(used -> plan.add(room.name() + " uses " + used)));

        Set<String> found = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            String room = roomOf(type);
            usedBy(type)
                    .map(ArchitectureTest::roomOf)
                    .filter(used -> !used.equals(room))
                    .forEach(used -> found.add(room + " uses " + used));
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(plan);
    }

    @Test
    void arrowsPointDownOnly() {
        List<String> below = new ArrayList<>();
        for (Room room : HOUSE.reversed()) {
            assertThat(below).as("rooms below %s", room.name()).containsAll(room.uses());
            below.add(room.name());
        }
    }

    @Test
    void onlyPackagesOfVectorCodeUseTheVectorModule() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..vector")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector..")
                .check(CLASSES);
    }

    @Test
    void nothingIsPrintedAndLoggingIsTheSystemsOwn() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
    }

    @Test
    void theProcessOfTheApplicationIsLeftAlone() {
        noClasses()
                .should()
                .callMethod(System.class, "setProperty", String.class, String.class)
                .check(CLASSES);
        noClasses()
                .should()
                .callMethod(System.class, "clearProperty", String.class)
                .check(CLASSES);
        noClasses().should().callMethod(System.class, "exit", int.class).check(CLASSES);
        noClasses()
                .should()
                .callMethod(Runtime.class, "addShutdownHook", Thread.class)
                .check(CLASSES);
    }

    @Test
    void nothingDependsOnInternalsOfTheJdkOrOnNativeCode() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sun..", "jdk.internal..")
                .check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.foreign.Linker")
                .check(CLASSES);
    }

    private static Stream<JavaClass> usedBy(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .map(JavaClass::getBaseComponentType)
                .filter(target -> target.getPackageName().startsWith(ROOT));
    }

    private static String roomOf(JavaClass type) {
        String path = type.getPackageName().substring(ROOT.length());
        if (!path.isEmpty()) {
            return path.split("\\.")[1];
        }
        if (type.isAssignableTo(NemotronException.class) || type.isEquivalentTo(BackendReport.class)) {
            return "reports";
        }
        String outermost = type.getName().substring(ROOT.length() + 1).split("\\$")[0];
        return DRIVERS.contains(outermost) ? "api" : "requests";
    }
}
