package io.ipam.benchmarks.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Slices of time in which processes work, with bare commits between them. The speed of a disk and
 * of a shared machine changes from minute to minute.
 *
 * <p>Thread safety: none.
 */
final class Slices {
    private static final int RAMP_SHARE = 4;

    private final StoreEffort effort;
    private final BareCommits bare;

    Slices(StoreEffort effort, BareCommits bare) {
        this.effort = effort;
        this.bare = bare;
    }

    /** Lets the callers of each process work at the same time, on platform threads. */
    List<Slice> run(List<Member> members, int callersEach) {
        return run(members, callersEach, CallerThreads.PLATFORM);
    }

    /** Lets the callers of each process work at the same time. */
    List<Slice> run(List<Member> members, int callersEach, CallerThreads kind) {
        slice(members, callersEach, kind, 0); // Warm-up.
        List<Slice> slices = new ArrayList<>();
        double before = bare.rate(effort.bareMillis());
        for (int i = 0; i < effort.slices(); i++) {
            Slice slice = slice(members, callersEach, kind, before);
            double after = bare.rate(effort.bareMillis());
            slices.add(new Slice((before + after) / 2, slice.rates(), slice.p50(), slice.p99(), slice.calls()));
            before = after;
        }
        return slices;
    }

    private Slice slice(List<Member> members, int callersEach, CallerThreads kind, double rate) {
        List<Callers> callers = members.stream()
                .map(member -> new Callers(member.name(), member.ipam(), callersEach, kind))
                .toList();
        sleep(effort.sliceMillis() / RAMP_SHARE);
        ObservedSession.Calls before = ObservedSession.calls(members);
        long started = System.nanoTime();
        callers.forEach(Callers::record);
        sleep(effort.sliceMillis());
        callers.forEach(Callers::stop);
        double seconds = (System.nanoTime() - started) / 1e9;
        ObservedSession.Calls calls = ObservedSession.calls(members).minus(before);
        List<long[]> latencies = callers.stream().map(Callers::join).toList();
        long[] all = latencies.stream()
                .flatMapToLong(java.util.Arrays::stream)
                .sorted()
                .toArray();
        return new Slice(
                rate,
                latencies.stream().mapToDouble(each -> each.length / seconds).toArray(),
                Callers.Latencies.percentile(all, 0.5) / 1e9,
                Callers.Latencies.percentile(all, 0.99) / 1e9,
                calls);
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
