package io.ipam.benchmarks.store;

import static io.ipam.benchmarks.store.Finding.Bar.atLeast;
import static io.ipam.benchmarks.store.Finding.Bar.atMost;
import static io.ipam.benchmarks.store.Finding.number;

import java.util.ArrayList;
import java.util.List;

/** Goal 11: four processes on one hot pool. Thread safety: none. */
final class ManyProcesses {
    private static final String REALM = "four";
    private static final int PROCESSES = 4;
    private static final int DELAY_MILLIS = 5;
    private static final double LEAST_RATE = 2;
    private static final double LEAST_RATE_64 = 8;
    private static final double MOST_ATTEMPTS = 1.25;

    private final Backend store;
    private final StoreEffort effort;
    private final BareCommits bare;
    private final List<Finding> findings = new ArrayList<>();

    ManyProcesses(Backend store, StoreEffort effort, BareCommits bare) {
        this.store = store;
        this.effort = effort;
        this.bare = bare;
        HotPool.create(store.session(REALM), effort.poolHeld());
    }

    List<Finding> run() {
        StoreKind.Bars bars = store.kind().bars();
        Finding.Bar attempts = store.kind().hasLocks() ? atMost(MOST_ATTEMPTS) : Finding.Bar.none();
        List<Slice> equal = measure(8, 0);
        String what = "4 processes x 8 callers";
        add(what, rates(equal), Slice.median(equal, Slice::inBareCommits), "r", atLeast(LEAST_RATE));
        add(what + ", attempts per commit", "", Slice.median(equal, Slice::attemptsPerCommit), "", attempts);
        add(
                what + ", least share of the greatest",
                "",
                Slice.median(equal, Slice::leastShare),
                "",
                atLeast(bars.share()));
        List<Slice> delayed = measure(8, DELAY_MILLIS);
        String one = "one with " + DELAY_MILLIS + " ms more latency, its share of the others' mean";
        add(
                what + ", " + one,
                rates(delayed),
                Slice.median(delayed, Slice::firstShare),
                "",
                atLeast(bars.delayedShare()));
        if (effort.mostCallers() >= 64) {
            List<Slice> many = measure(64, 0);
            Finding.Bar bar = store.kind() == StoreKind.POSTGRESQL ? atLeast(LEAST_RATE_64) : Finding.Bar.none();
            add("4 processes x 64 callers", rates(many), Slice.median(many, Slice::inBareCommits), "r", bar);
        }
        return findings;
    }

    private List<Slice> measure(int callers, long firstDelayMillis) {
        List<Member> members = new ArrayList<>(List.of(Member.open(store, REALM, "first", firstDelayMillis)));
        members.addAll(Member.open(store, REALM, PROCESSES - 1));
        try {
            return new Slices(effort, bare).run(members, callers);
        } finally {
            Member.closeAll(members);
        }
    }

    private static String rates(List<Slice> slices) {
        return "%s of r = %s, p99 %s"
                .formatted(
                        number(Slice.median(slices, Slice::rate), "ops/s"),
                        number(Slice.median(slices, Slice::bare), "/s"),
                        number(Slice.median(slices, Slice::p99) * 1e3, "ms"));
    }

    private void add(String what, String measured, double judged, String unit, Finding.Bar bar) {
        findings.add(new Finding(11, store.name(), what, measured, judged, unit, bar));
    }
}
