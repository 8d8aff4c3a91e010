package io.ipam.range;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Linearizability of a unit and its allocator. A unit is never released while an address of it is
 * allocated, and nothing is allocated in it afterwards. The same test catches a release that checks
 * and releases in two steps.
 */
@Tag("lincheck")
class OpenUnitsLincheckTest {
    private static final AddressSet SET = AddressSet.of(Prefix.parse("10.0.0.0/30"));
    private static final Prefix UNIT = Prefix.parse("10.0.0.0/31");
    private static final Address FIRST = UNIT.first();

    /** One unit of two addresses, and its allocator as a thread keeps it. */
    abstract static class Calls {
        final PrefixAllocator units = PrefixAllocator.of(SET, 31);
        final RangeAllocator addresses;

        Calls() {
            units.take(UNIT);
            addresses = units.rangeAllocatorOf(UNIT).orElseThrow();
        }

        @Operation
        public boolean allocate() {
            return addresses.tryAllocate().isPresent();
        }

        @Operation
        public ReleaseOutcome releaseAddress() {
            return addresses.release(FIRST);
        }

        @Operation
        public abstract ReleaseOutcome releaseIfEmpty();

        @Operation
        public TakeOutcome take() {
            return units.take(UNIT);
        }
    }

    public static final class Sound extends Calls {
        @Override
        @Operation
        public ReleaseOutcome releaseIfEmpty() {
            return units.releaseIfEmpty(UNIT);
        }
    }

    public static final class TwoSteps extends Calls {
        @Override
        @Operation
        public ReleaseOutcome releaseIfEmpty() {
            return addresses.allocated().signum() == 0 ? units.release(UNIT) : ReleaseOutcome.NOT_EMPTY;
        }
    }

    private static ModelCheckingOptions options(int iterations, int invocations) {
        return new ModelCheckingOptions()
                .iterations(iterations)
                .invocationsPerIteration(invocations)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(0);
    }

    /** A release of the unit and an allocation in it, at the same time. */
    private static ModelCheckingOptions oneScenario() throws NoSuchMethodException {
        List<Actor> release = List.of(new Actor(Calls.class.getMethod("releaseIfEmpty"), List.of()));
        List<Actor> allocate = List.of(new Actor(Calls.class.getMethod("allocate"), List.of()));
        ExecutionScenario scenario = new ExecutionScenario(List.of(), List.of(release, allocate), List.of(), null);
        return options(0, 100).addCustomScenario(scenario);
    }

    @Test
    void releaseIfEmpty_duringAnAllocation_isOneStep() throws NoSuchMethodException {
        oneScenario().check(Sound.class);
    }

    @Test
    void releaseIfEmpty_inTwoSteps_isCaught() throws NoSuchMethodException {
        ModelCheckingOptions options = oneScenario();
        assertThrows(LincheckAssertionError.class, () -> options.check(TwoSteps.class));
    }

    @Tag("stress")
    @Test
    void releaseIfEmpty_inManySchedules_isOneStep() {
        options(20, 500).check(Sound.class);
    }
}
