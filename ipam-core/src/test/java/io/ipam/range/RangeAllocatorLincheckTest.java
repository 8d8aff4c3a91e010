package io.ipam.range;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.allocation.AllocationOrder;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Linearizability of {@link RangeAllocator}: its results under concurrency equal those of some
 * order of the calls. So no address is allocated twice, none is lost, and "exhausted" is never
 * reported while one is free. The same test catches each of the planted bugs.
 */
@Tag("lincheck")
class RangeAllocatorLincheckTest {
    /** The operations, on a set so small that "exhausted" occurs often. */
    @Param(name = "address", gen = IntGen.class, conf = "0:3")
    abstract static class Calls {
        private final PlantedAllocators.Subject subject;

        Calls(PlantedAllocators.Subject subject) {
            this.subject = subject;
        }

        @Operation
        public int allocate() {
            return subject.allocate();
        }

        @Operation
        public boolean take(@Param(name = "address") int address) {
            return subject.take(address);
        }

        @Operation
        public boolean release(@Param(name = "address") int address) {
            return subject.release(address);
        }

        @Operation
        public int allocated() {
            return subject.allocated();
        }
    }

    public static final class Lowest extends Calls {
        public Lowest() {
            super(new PlantedAllocators.Sound(AllocationOrder.LOWEST));
        }
    }

    public static final class Next extends Calls {
        public Next() {
            super(new PlantedAllocators.Sound(AllocationOrder.NEXT));
        }
    }

    public static final class ChooseThenRecord extends Calls {
        public ChooseThenRecord() {
            super(new PlantedAllocators.ChooseThenRecord());
        }
    }

    public static final class ScanWithoutLock extends Calls {
        public ScanWithoutLock() {
            super(new PlantedAllocators.ScanWithoutLock());
        }
    }

    public static final class ReleaseWithoutLock extends Calls {
        public ReleaseWithoutLock() {
            super(new PlantedAllocators.ReleaseWithoutLock());
        }
    }

    /**
     * Without calls before and after: Lincheck's default ones fill a small set immediately, so that
     * nothing is tested.
     */
    private static <O extends Options<O, ?>> O sized(O options, int iterations, int invocations) {
        return options.iterations(iterations)
                .invocationsPerIteration(invocations)
                .threads(2)
                .actorsPerThread(4)
                .actorsBefore(0)
                .actorsAfter(0);
    }

    @Test
    void allocator_stress_isLinearizable() {
        sized(new StressOptions(), 5, 200).check(Next.class);
    }

    @Tag("stress")
    @ParameterizedTest
    @ValueSource(classes = {Lowest.class, Next.class})
    void allocator_manySchedules_isLinearizable(Class<?> calls) {
        sized(new ModelCheckingOptions(), 100, 2000).check(calls);
        sized(new StressOptions(), 100, 2000).threads(3).check(calls);
    }

    /** Two concurrent callers: both get an address, and not the same one. */
    @Test
    void plantedDoubleAllocation_schedules_isCaught() {
        check(List.of(), List.of(call("allocate")), List.of(call("allocate")), ChooseThenRecord.class);
    }

    /** 3 is free until 0 is: an address is free at any time. */
    @Test
    void plantedFalseExhausted_schedules_isCaught() {
        check(
                List.of(call("take", 0), call("take", 1), call("take", 2)),
                List.of(call("allocate")),
                List.of(call("release", 0), call("take", 3)),
                ScanWithoutLock.class);
    }

    /** A bit that one writer sets and another clears at the same time. */
    @Test
    void plantedLostUpdate_schedules_isCaught() {
        check(
                List.of(call("take", 0)),
                List.of(call("release", 0), call("allocated")),
                List.of(call("allocate"), call("allocated")),
                ReleaseWithoutLock.class);
    }

    /**
     * One scenario, in every tried schedule: the correct allocator passes, the planted bug is
     * caught.
     */
    private static void check(List<Actor> before, List<Actor> one, List<Actor> other, Class<?> planted) {
        ExecutionScenario scenario = new ExecutionScenario(before, List.of(one, other), List.of(), null);
        sized(new ModelCheckingOptions(), 0, 100).addCustomScenario(scenario).check(Lowest.class);
        assertThrows(
                LincheckAssertionError.class,
                () -> sized(new ModelCheckingOptions(), 0, 500)
                        .addCustomScenario(scenario)
                        .check(planted));
    }

    private static Actor call(String name, Object... arguments) {
        Method method = Arrays.stream(Calls.class.getMethods())
                .filter(m -> m.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return new Actor(method, List.of(arguments));
    }
}
