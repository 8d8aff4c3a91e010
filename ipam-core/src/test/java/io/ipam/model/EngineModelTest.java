package io.ipam.model;

import io.ipam.allocation.AllocationOrder;
import io.ipam.store.InMemoryStore;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Random sequences of every operation, against {@link Facts}. */
class EngineModelTest {
    @Property(tries = 300)
    void inMemory_anyOperations_behavesAsTheModel(
            @ForAll("orders") AllocationOrder order, @ForAll("coolDowns") int coolDown, @ForAll("ops") List<Op> ops) {
        run(order, coolDown, ops);
    }

    /** A million actions. */
    @Property(tries = 14_000)
    @Tag("long")
    void inMemory_millionOperations_behavesAsTheModel(
            @ForAll("orders") AllocationOrder order, @ForAll("coolDowns") int coolDown, @ForAll("ops") List<Op> ops) {
        run(order, coolDown, ops);
    }

    /** The same over a store, because both share the code of decisions. */
    @Property(tries = 100)
    void overAStore_anyOperations_behavesAsTheModel(
            @ForAll("orders") AllocationOrder order, @ForAll("coolDowns") int coolDown, @ForAll("ops") List<Op> ops) {
        ModelRun run = new ModelRun(order, coolDown, new InMemoryStore());
        try {
            ops.forEach(run::run);
        } finally {
            run.close();
        }
    }

    private static void run(AllocationOrder order, int coolDown, List<Op> ops) {
        ModelRun run = new ModelRun(order, coolDown);
        ops.forEach(run::run);
    }

    @Provide
    Arbitrary<AllocationOrder> orders() {
        return Arbitraries.of(AllocationOrder.class);
    }

    @Provide
    Arbitrary<Integer> coolDowns() {
        return Arbitraries.of(0, 10, 30);
    }

    @Provide
    Arbitrary<List<Op>> ops() {
        Arbitrary<Op.Kind> kinds = Arbitraries.of(Arrays.stream(Op.Kind.values())
                .flatMap(kind -> Collections.nCopies(kind.weight, kind).stream())
                .toList());
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 9999);
        return Combinators.combine(kinds, numbers, numbers, numbers)
                .as(Op::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(120);
    }
}
