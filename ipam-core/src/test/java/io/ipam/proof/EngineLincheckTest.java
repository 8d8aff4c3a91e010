package io.ipam.proof;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Linearizability of the engine: its results under concurrency equal those of {@link NaiveEngine}
 * for some order of the calls. So no thread sees a part of a request, and no address is assigned
 * twice. "Exhausted" and "no candidate" are never reported unless they were true at some moment. A
 * token guards only its own grant, and an export is one cut. Each of these has a scenario, and a
 * planted engine that fails it.
 */
@Tag("lincheck")
class EngineLincheckTest {
    private static final boolean GENTLY = false;

    /**
     * The preceding calls, then those of two threads. The numbers are those of {@link SmallWorld}.
     */
    enum Scenario {
        A_PART_IS_SEEN(
                EngineOperations.AllocateThenUndo.class,
                List.of(call("release", 0)),
                List.of(call("ask", 0, 6)),
                List.of(call("export"))),
        UNDONE_FOR_OTHERS(
                EngineOperations.AllocateThenUndo.class,
                List.of(call("release", 0), call("swap", 0, 1, GENTLY), call("ask", 1, 1)),
                List.of(call("ask", 0, 6)),
                List.of(call("ask", 2, 0))),
        A_FALSE_EXHAUSTED(
                EngineOperations.FallbackAlone.class,
                List.of(call("release", 0), call("swap", 0, 1, GENTLY), call("ask", 1, 0)),
                List.of(call("ask", 0, 2)),
                List.of(call("release", 1), call("ask", 2, 1))),
        OPPOSITE_ORDERS(
                EngineOperations.LockAsYouGo.class,
                List.of(call("release", 0), call("swap", 0, 1, GENTLY), call("ask", 2, 6)),
                List.of(call("ask", 0, 2)),
                List.of(call("ask", 1, 3))),
        TWO_OWNERS_ONE_ADDRESS(
                EngineOperations.ChooseThenRecord.class,
                List.of(call("release", 0)),
                List.of(call("ask", 0, 0)),
                List.of(call("ask", 1, 0))),
        ONE_OWNER_TWO_ADDRESSES(
                EngineOperations.LookThenAllocate.class,
                List.of(call("release", 0)),
                List.of(call("ask", 0, 0)),
                List.of(call("ask", 0, 0))),
        A_LATE_RELEASE(
                EngineOperations.ReleaseWithoutGuard.class,
                List.of(),
                List.of(call("releaseAddress", 0, 0, true)),
                List.of(call("release", 0), call("ask", 0, 0))),
        TWO_HAND_OVERS(
                EngineOperations.CompareThenHandOver.class,
                List.of(call("release", 0), call("ask", 2, 0)),
                List.of(call("handOver", 2, 3)),
                List.of(call("handOver", 2, 3))),
        TWO_CUTS(
                EngineOperations.ExportInParts.class,
                List.of(call("release", 0)),
                List.of(call("ask", 0, 6)),
                List.of(call("export"))),
        AN_OLD_CATALOG(
                EngineOperations.StaleCatalog.class,
                List.of(call("release", 0), call("swap", 0, 3, GENTLY), call("ask", 1, 1)),
                List.of(call("ask", 0, 4)),
                List.of(call("swap", 3, 0, GENTLY), call("release", 1))),
        AN_OLD_REFUSAL(
                EngineOperations.StaleRefusal.class,
                List.of(call("swap", 0, 3, GENTLY)),
                List.of(call("ask", 0, 0)),
                List.of(call("swap", 3, 0, GENTLY), call("release", 0)));

        private final Class<? extends EngineOperations> planted;
        private final ExecutionScenario calls;

        Scenario(Class<? extends EngineOperations> planted, List<Actor> before, List<Actor> one, List<Actor> other) {
            this.planted = planted;
            this.calls = new ExecutionScenario(before, List.of(one, other), List.of(), null);
        }
    }

    private static Actor call(String name, Object... arguments) {
        Method method = Arrays.stream(EngineOperations.class.getMethods())
                .filter(m -> m.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return new Actor(method, List.of(arguments));
    }

    /**
     * Without calls before and after: Lincheck's default ones fill small pools immediately, so that
     * little is tested.
     */
    private static <O extends Options<O, ?>> O sized(O options, int iterations, int invocations) {
        return options.iterations(iterations)
                .invocationsPerIteration(invocations)
                .threads(2)
                .actorsPerThread(4)
                .actorsBefore(0)
                .actorsAfter(0)
                .sequentialSpecification(EngineOperations.Naive.class);
    }

    /**
     * The engine has loops over all its stripes, which are not livelocks. Its classes take long to
     * transform on a busy machine.
     */
    private static ModelCheckingOptions modelChecking() {
        return new ModelCheckingOptions()
                .loopBound(10_000)
                .loopIterationsBeforeThreadSwitch(10_000)
                .recursionBound(1_000)
                .invocationTimeout$lincheck(120_000);
    }

    @Test
    void engine_stress_isLinearizable() {
        sized(new StressOptions(), 4, 100).check(EngineOperations.Real.class);
    }

    /** One check, because each check transforms the classes of the engine. */
    @Test
    void engine_everyScenarioUnderStress_isLinearizable() {
        StressOptions options = sized(new StressOptions(), 0, 60);
        for (Scenario scenario : Scenario.values()) {
            options.addCustomScenario(scenario.calls);
        }
        options.check(EngineOperations.Real.class);
    }

    /** Without the deadlock, for which stress waits a long time. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPPOSITE_ORDERS")
    void plantedBug_stress_isCaught(Scenario scenario) {
        assertCatches(sized(new StressOptions(), 0, 20_000), scenario);
    }

    private static void assertCatches(Options<?, ?> options, Scenario scenario) {
        options.minimizeFailedScenario(false).addCustomScenario(scenario.calls);
        assertThrows(LincheckAssertionError.class, () -> options.check(scenario.planted));
    }

    @Tag("stress")
    @Test
    void engine_longStress_isLinearizable() {
        sized(new StressOptions(), 300, 3_000).check(EngineOperations.Real.class);
        sized(new StressOptions(), 100, 1_000).threads(3).actorsPerThread(3).check(EngineOperations.Real.class);
    }

    @Tag("stress")
    @ParameterizedTest
    @EnumSource
    void engine_scenarioUnderLongStress_isLinearizable(Scenario scenario) {
        sized(new StressOptions(), 0, 3_000).addCustomScenario(scenario.calls).check(EngineOperations.Real.class);
    }

    @Tag("stress")
    @Test
    void engine_manySchedules_isLinearizable() {
        sized(modelChecking(), 10, 100).actorsPerThread(3).check(EngineOperations.Real.class);
    }

    @Tag("stress")
    @ParameterizedTest
    @EnumSource
    void engine_scenarioInManySchedules_isLinearizable(Scenario scenario) {
        sized(modelChecking(), 0, 300).addCustomScenario(scenario.calls).check(EngineOperations.Real.class);
    }

    @Tag("stress")
    @ParameterizedTest
    @EnumSource
    void plantedBug_fewSchedules_isCaught(Scenario scenario) {
        assertCatches(sized(modelChecking(), 0, 200), scenario);
    }
}
