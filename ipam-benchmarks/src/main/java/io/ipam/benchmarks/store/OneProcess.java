package io.ipam.benchmarks.store;

import static io.ipam.benchmarks.store.Finding.Bar.atLeast;
import static io.ipam.benchmarks.store.Finding.Bar.atMost;
import static io.ipam.benchmarks.store.Finding.number;

import java.util.ArrayList;
import java.util.List;

/** Goals 10 and 12: rates and latencies of one process on one hot pool. Thread safety: none. */
final class OneProcess {
    private static final String REALM = "one";

    private final Backend store;
    private final StoreEffort effort;
    private final BareCommits bare;
    private final List<Finding> findings = new ArrayList<>();

    OneProcess(Backend store, StoreEffort effort, BareCommits bare) {
        this.store = store;
        this.effort = effort;
        this.bare = bare;
        HotPool.create(store.session(REALM), effort.poolHeld());
    }

    List<Finding> run() {
        StoreKind.Bars bars = store.kind().bars();
        boolean hasVirtual = CallerThreads.VIRTUAL.isAvailable();
        measure(8, CallerThreads.PLATFORM, atLeast(bars.rate8()));
        measure(64, CallerThreads.PLATFORM, atLeast(bars.rate64()));
        measure(512, CallerThreads.PLATFORM, hasVirtual ? Finding.Bar.none() : atLeast(bars.rate512()));
        if (hasVirtual) {
            measure(512, CallerThreads.VIRTUAL, atLeast(bars.rate512()));
        }
        return findings;
    }

    private void measure(int callers, CallerThreads kind, Finding.Bar bar) {
        if (callers > effort.mostCallers()) {
            return;
        }
        try (Member member = Member.open(store, REALM, "p", 0)) {
            List<Slice> slices = new Slices(effort, bare).run(List.of(member), callers, kind);
            String measured = "%s of r = %s, %s changes a commit"
                    .formatted(
                            number(Slice.median(slices, Slice::rate), "ops/s"),
                            number(Slice.median(slices, Slice::bare), "/s"),
                            number(Slice.median(slices, Slice::operationsPerCommit), ""));
            String what = "1 process x " + callers + " callers"
                    + (kind == CallerThreads.VIRTUAL ? " on virtual threads" : "");
            add(10, what, measured, Slice.median(slices, Slice::inBareCommits), "r", bar);
            latencies(slices, what, callers == 8);
        }
    }

    private void latencies(List<Slice> slices, String what, boolean hasBars) {
        StoreKind.Bars bars = store.kind().bars();
        Finding.Bar p50 = hasBars ? atMost(bars.p50()) : Finding.Bar.none();
        Finding.Bar p99 = hasBars ? atMost(bars.p99()) : Finding.Bar.none();
        add(
                12,
                "latency p50, " + what,
                millis(Slice.median(slices, Slice::p50)),
                Slice.median(slices, slice -> slice.p50() * slice.bare()),
                "/ r",
                p50);
        add(
                12,
                "latency p99, " + what,
                millis(Slice.median(slices, Slice::p99)),
                Slice.median(slices, slice -> slice.p99() * slice.bare()),
                "/ r",
                p99);
    }

    private static String millis(double seconds) {
        return number(seconds * 1e3, "ms");
    }

    private void add(int goal, String what, String measured, double judged, String unit, Finding.Bar bar) {
        findings.add(new Finding(goal, store.name(), what, measured, judged, unit, bar));
    }
}
