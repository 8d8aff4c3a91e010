package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.ipam.fixture.Pools;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolBuilder;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests obtain ordinary pools from {@link Pools} and write no pool factories of their own. */
class PoolFixturesTest {

    /** The test classes with a pool factory, each with its reason. */
    private static final Map<String, String> FACTORIES = Map.of(
            "io.ipam.engine.decision.FastPathTest", "excluded and static addresses depend on the number",
            "io.ipam.model.ModelRun", "operations change excluded and static addresses",
            "io.ipam.resolution.FilterTableTest", "each row sets the one condition of a filter",
            "io.ipam.resolution.GoldenSortingTest", "the vectors define the affinity",
            "io.ipam.resolution.ResolutionPropertyTest", "the traits are generated");

    @Test
    void tests_outsideFixturePackage_buildNoOrdinaryPools() {
        Set<String> found = new ClassFileImporter()
                .importUrl(Pools.class.getProtectionDomain().getCodeSource().getLocation()).stream()
                        .filter(type -> !type.getPackageName().equals(Pools.class.getPackageName()))
                        .filter(type -> type.getMethods().stream().anyMatch(PoolFixturesTest::isFactory))
                        .map(PoolFixturesTest::file)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(FACTORIES.keySet()), found, "use io.ipam.fixture.Pools, or add a reason");
    }

    /** Whether a method returns a pool that it built. */
    private static boolean isFactory(JavaMethod method) {
        return method.getRawReturnType().isEquivalentTo(Pool.class)
                && method.getMethodCallsFromSelf().stream()
                        .map(call -> call.getTarget())
                        .anyMatch(target -> target.getOwner().isEquivalentTo(PoolBuilder.class)
                                && target.getName().equals("build"));
    }

    private static String file(JavaClass type) {
        return type.getFullName().split("\\$", 2)[0];
    }
}
