package io.ipam.benchmarks.store;

import io.ipam.benchmarks.growth.Curve;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Grants plus releases of a store, in units of its bare commits, against the number of callers, of
 * processes, and of held addresses. Each point has bare commits between its slices. Thread safety:
 * none.
 */
public final class StoreCurves implements AutoCloseable {
    private static final List<Integer> CALLERS = List.of(1, 8, 64, 512);
    private static final List<Integer> PROCESSES = List.of(1, 2, 4, 8);
    private static final List<Integer> HELD = List.of(1_000, 10_000, 100_000);
    private static final int FEW_CALLERS = 8;
    private static final int MANY_CALLERS = 64;

    private final Backend store;
    private final StoreEffort effort;
    private final BareCommits bare;

    /**
     * Makes the bare commits of a store.
     *
     * @param store the store
     * @param effort the duration
     */
    public StoreCurves(Backend store, StoreEffort effort) {
        this.store = store;
        this.effort = effort;
        this.bare = new BareCommits(store.session("bare"));
        bare.rate(effort.sliceMillis()); // Warm-up.
    }

    /** {@return the rates of one process by callers} */
    public Curve callers() {
        HotPool.create(store.session("callers"), effort.poolHeld());
        List<Integer> numbers =
                CALLERS.stream().filter(each -> each <= effort.mostCallers()).toList();
        return curve(numbers, callers -> rate("callers", 1, callers));
    }

    /** {@return the rates of several processes with 8 callers each, if they can share the store} */
    public List<Curve> processes() {
        if (!store.isShared()) {
            return List.of();
        }
        HotPool.create(store.session("processes"), effort.poolHeld());
        List<Integer> numbers =
                PROCESSES.stream().filter(each -> each <= effort.processes()).toList();
        return List.of(curve(numbers, processes -> rate("processes", processes, FEW_CALLERS)));
    }

    /** {@return the rates of one process with 64 callers by held addresses} */
    public Curve held() {
        List<Integer> numbers =
                HELD.stream().filter(each -> each <= effort.loadHeld()).toList();
        return curve(numbers, held -> {
            String realm = "held-" + held;
            HotPool.create(store.session(realm), held);
            return rate(realm, 1, Math.min(MANY_CALLERS, effort.mostCallers()));
        });
    }

    private Curve curve(List<Integer> numbers, IntFunction<Double> rate) {
        List<Curve.Point> points = new ArrayList<>();
        for (int number : numbers) {
            points.add(new Curve.Point(String.format(Locale.ROOT, "%,d", number), number, rate.apply(number)));
        }
        return new Curve(store.name(), points);
    }

    private double rate(String realm, int processes, int callers) {
        List<Member> members = Member.open(store, realm, processes);
        try {
            return Slice.median(new Slices(effort, bare).run(members, callers), Slice::inBareCommits);
        } finally {
            Member.closeAll(members);
        }
    }

    @Override
    public void close() {
        bare.close();
    }
}
